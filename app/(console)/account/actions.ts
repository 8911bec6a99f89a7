"use server";
import { orgAction } from "lib/gates/org-action";
import { endOwnSession } from "lib/users/end-session";
import { changePasswordInput, endSessionInput } from "lib/users/schema";
import { changePassword } from "lib/users/set-password";

export const changePasswordAction = orgAction("account:update", changePasswordInput, changePassword);
export const endOwnSessionAction = orgAction("account:update", endSessionInput, endOwnSession);
