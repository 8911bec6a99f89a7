"use server";
import { orgAction } from "lib/gates/org-action";
import { updateOrganizationInput } from "lib/organizations/schema";
import { updateOrganization } from "lib/organizations/update-organization";

export const updateOrganizationAction = orgAction("settings:update", updateOrganizationInput, updateOrganization);
