import { publicForm } from "lib/gates/public-form";
import { noFields } from "lib/sign-in/schema";
import { signOut } from "lib/sign-in/sign-out";

export const POST = publicForm(noFields, signOut);
