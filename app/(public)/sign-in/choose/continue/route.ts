import { publicForm } from "lib/gates/public-form";
import { chooseForm } from "lib/sign-in/schema";
import { chooseOrganization } from "lib/sign-in/sign-in-with-password";

export const POST = publicForm(chooseForm, chooseOrganization);
