"use server";
import { orgAction } from "lib/gates/org-action";
import { changeLocalMembers } from "lib/groups/change-local-members";
import { convertGroup } from "lib/groups/convert-group";
import { createGroup } from "lib/groups/create-group";
import { deleteGroup } from "lib/groups/delete-group";
import { findGroups } from "lib/groups/find-groups";
import { findLinkEffect } from "lib/groups/find-link-effect";
import { findPeople } from "lib/groups/find-people";
import { findRoleEffect } from "lib/groups/find-role-effect";
import { linkGroup } from "lib/groups/link-group";
import { mapRole } from "lib/groups/map-role";
import {
  changeLocalMembersInput,
  convertGroupInput,
  createGroupInput,
  deleteGroupInput,
  findGroupsInput,
  findPeopleInput,
  linkGroupInput,
  mapRoleInput,
  previewLinkInput,
  previewRoleInput,
  updateGroupInput,
} from "lib/groups/schema";
import { updateGroup } from "lib/groups/update-group";

export const createGroupAction = orgAction("group:create", createGroupInput, createGroup);
export const updateGroupAction = orgAction("group:update", updateGroupInput, updateGroup);
export const changeLocalMembersAction = orgAction("group:update", changeLocalMembersInput, changeLocalMembers);
export const findPeopleAction = orgAction("group:update", findPeopleInput, findPeople);
export const findGroupsAction = orgAction("group:update", findGroupsInput, findGroups);
export const previewRoleAction = orgAction("group:update", previewRoleInput, findRoleEffect);
export const mapRoleAction = orgAction("group:map-role", mapRoleInput, mapRole);
export const deleteGroupAction = orgAction("group:delete", deleteGroupInput, deleteGroup);
export const previewLinkAction = orgAction("group:update", previewLinkInput, findLinkEffect);
export const linkGroupAction = orgAction("group:link", linkGroupInput, linkGroup);
export const convertGroupAction = orgAction("directory:update", convertGroupInput, convertGroup);
