import { publicForm } from "lib/gates/public-form";
import { linkIdentity } from "lib/sign-in/link-identity";
import { passwordForm } from "lib/sign-in/schema";

export const POST = publicForm(passwordForm, linkIdentity);
