"use server";
import { sessionAction } from "lib/gates/session-action";
import { confirmIdentity, confirmIdentityInput } from "lib/users/confirm-identity";

export const confirmIdentityAction = sessionAction("account:update", confirmIdentityInput, confirmIdentity);
