import { publicForm } from "lib/gates/public-form";
import { acceptByLink } from "lib/sign-in/use-link";
import { newPasswordForm } from "lib/users/schema";

export const POST = publicForm(newPasswordForm, acceptByLink);
