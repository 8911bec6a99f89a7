import { publicForm } from "lib/gates/public-form";
import { passwordForm } from "lib/sign-in/schema";
import { signInWithPassword } from "lib/sign-in/sign-in-with-password";

export const POST = publicForm(passwordForm, signInWithPassword);
