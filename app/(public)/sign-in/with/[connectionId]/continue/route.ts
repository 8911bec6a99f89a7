import { newFlow } from "lib/gates/next-auth";
import { publicForm } from "lib/gates/public-form";
import { startForm } from "lib/sign-in/schema";
import { startAtConnection } from "lib/sign-in/start-sign-in";

export const POST = publicForm(startForm, startAtConnection(newFlow));
