import { publicForm } from "lib/gates/public-form";
import { setUpByToken } from "lib/sign-in/set-up-by-token";
import { setupForm } from "lib/users/schema";

export const POST = publicForm(setupForm, setUpByToken);
