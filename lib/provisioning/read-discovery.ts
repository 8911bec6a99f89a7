import "server-only";
import type { ScimHandler } from "./scim-call";
export const readServiceProviderConfig: ScimHandler = async () => ({ status: 200, body: {}, summary: "" });
export const readResourceTypes = readServiceProviderConfig;
export const readSchemas = readServiceProviderConfig;
