"use server";
import { activateConnection } from "lib/connections/activate-connection";
import { addCertificate } from "lib/connections/add-certificate";
import { createConnection } from "lib/connections/create-connection";
import { deleteConnection } from "lib/connections/delete-connection";
import { disableConnection } from "lib/connections/disable-connection";
import { enableConnection } from "lib/connections/enable-connection";
import { readMetadata } from "lib/connections/read-metadata";
import { previewRefresh, refreshMetadata } from "lib/connections/refresh-metadata";
import { saveDraft } from "lib/connections/save-draft";
import {
  addCertificateInput,
  connectionIdInput,
  connectionVersionInput,
  createConnectionInput,
  deleteConnectionInput,
  disableConnectionInput,
  readMetadataInput,
  refreshMetadataInput,
  saveDraftInput,
  tickGuideInput,
  updateConnectionInput,
  updateOptionsInput,
} from "lib/connections/schema";
import { tickGuide } from "lib/connections/tick-guide";
import { updateConnection } from "lib/connections/update-connection";
import { updateOptions } from "lib/connections/update-options";
import { convertEverybody } from "lib/directories/convert-everybody";
import { disableDirectory } from "lib/directories/disable-directory";
import { enableDirectory } from "lib/directories/enable-directory";
import {
  convertEverybodyInput,
  disableDirectoryInput,
  enableDirectoryInput,
  updateDirectoryInput,
} from "lib/directories/schema";
import { updateDirectory } from "lib/directories/update-directory";
import { orgAction } from "lib/gates/org-action";
import { createToken } from "lib/tokens/create-token";
import { revokeToken } from "lib/tokens/revoke-token";
import { rotateToken } from "lib/tokens/rotate-token";
import { createTokenInput, revokeTokenInput, rotateTokenInput } from "lib/tokens/schema";

export const createConnectionAction = orgAction("connection:create", createConnectionInput, createConnection);
export const updateConnectionAction = orgAction("connection:update", updateConnectionInput, updateConnection);
export const updateOptionsAction = orgAction("connection:update", updateOptionsInput, updateOptions);
export const tickGuideAction = orgAction("connection:update", tickGuideInput, tickGuide);
export const readMetadataAction = orgAction("connection:update", readMetadataInput, readMetadata);
export const saveDraftAction = orgAction("connection:update", saveDraftInput, saveDraft);
export const activateConnectionAction = orgAction("connection:activate", connectionVersionInput, activateConnection);
export const enableConnectionAction = orgAction("connection:activate", connectionVersionInput, enableConnection);
export const disableConnectionAction = orgAction("connection:disable", disableConnectionInput, disableConnection);
export const deleteConnectionAction = orgAction("connection:delete", deleteConnectionInput, deleteConnection);
export const previewRefreshAction = orgAction("connection:update", connectionIdInput, previewRefresh);
export const refreshMetadataAction = orgAction("connection:certificates", refreshMetadataInput, refreshMetadata);
export const addCertificateAction = orgAction("connection:certificates", addCertificateInput, addCertificate);

export const enableDirectoryAction = orgAction("directory:update", enableDirectoryInput, enableDirectory);
export const disableDirectoryAction = orgAction("directory:update", disableDirectoryInput, disableDirectory);
export const updateDirectoryAction = orgAction("directory:update", updateDirectoryInput, updateDirectory);
export const convertEverybodyAction = orgAction("directory:update", convertEverybodyInput, convertEverybody);
export const createTokenAction = orgAction("token:create", createTokenInput, createToken);
export const rotateTokenAction = orgAction("token:rotate", rotateTokenInput, rotateToken);
export const revokeTokenAction = orgAction("token:revoke", revokeTokenInput, revokeToken);
