import { publicForm } from "lib/gates/public-form";
import { askForReset } from "lib/sign-in/use-link";
import { requestResetInput } from "lib/users/schema";

export const POST = publicForm(requestResetInput, askForReset);
