"use server";
import { orgAction } from "lib/gates/org-action";
import { blockUser } from "lib/users/block-user";
import { changeRole } from "lib/users/change-role";
import { convertUsers } from "lib/users/convert-users";
import { deactivateUser } from "lib/users/deactivate-user";
import { deleteUser } from "lib/users/delete-user";
import { endSession } from "lib/users/end-session";
import { inviteUser, resendInvitation } from "lib/users/invite-user";
import { reactivateUser } from "lib/users/reactivate-user";
import {
  changeRoleInput,
  convertUsersInput,
  deleteUserInput,
  endSessionInput,
  inviteUserInput,
  unlinkIdentityInput,
  updateProfileInput,
  userId,
} from "lib/users/schema";
import { unblockUser } from "lib/users/unblock-user";
import { unlinkIdentity } from "lib/users/unlink-identity";
import { updateProfile } from "lib/users/update-profile";

export const inviteUserAction = orgAction("user:invite", inviteUserInput, inviteUser);
export const resendInvitationAction = orgAction("user:invite", userId, resendInvitation);
export const updateProfileAction = orgAction("user:update", updateProfileInput, updateProfile);
export const changeRoleAction = orgAction("user:update", changeRoleInput, changeRole);
export const deactivateUserAction = orgAction("user:deactivate", userId, deactivateUser);
export const reactivateUserAction = orgAction("user:deactivate", userId, reactivateUser);
export const blockUserAction = orgAction("user:block", userId, blockUser);
export const unblockUserAction = orgAction("user:block", userId, unblockUser);
export const convertUsersAction = orgAction("user:update", convertUsersInput, convertUsers);
export const deleteUserAction = orgAction("user:delete", deleteUserInput, deleteUser);
export const endSessionAction = orgAction("user:end-sessions", endSessionInput, endSession);
export const unlinkIdentityAction = orgAction("user:relink", unlinkIdentityInput, unlinkIdentity);
