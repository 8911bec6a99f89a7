import { publicForm } from "lib/gates/public-form";
import { resetByLink } from "lib/sign-in/use-link";
import { newPasswordForm } from "lib/users/schema";

export const POST = publicForm(newPasswordForm, resetByLink);
