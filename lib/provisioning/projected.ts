import "server-only";
import type { JsonObject } from "lib/protocol/scim/json";
import type { ScimCall } from "./scim-call";
export const projected = (_call: ScimCall, resource: JsonObject): JsonObject => resource;
