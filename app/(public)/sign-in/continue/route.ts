import { newFlow } from "lib/gates/next-auth";
import { publicForm } from "lib/gates/public-form";
import { emailForm } from "lib/sign-in/schema";
import { startSignIn } from "lib/sign-in/start-sign-in";

export const POST = publicForm(emailForm, startSignIn(newFlow));
