import "server-only";
import type { Projection } from "lib/protocol/scim/project";
import { readResourceQuery } from "lib/protocol/scim/query";
import type { ResourceType } from "lib/protocol/scim/schema";
import type { ScimCall } from "./scim-call";
import { orFail } from "./scim-error";

/** Which attributes the client wants in the answer (RFC 7644 3.9). */
export const projectionOf = ({ query }: ScimCall, resource: ResourceType): Projection =>
  orFail(readResourceQuery(resource, query));
