import "server-only";
import { findById, resourceTypes, schemaResources, serviceProviderConfig } from "lib/protocol/scim/discovery";
import { listResponse, shown } from "lib/protocol/scim/messages";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { fail } from "./scim-error";
import { baseUrl } from "./stored-user";

/** RFC 7644 4: what this server can do. Filters are refused, so that nobody takes an unfiltered answer for a filtered. */
function demandNoFilter({ query }: ScimCall): void {
  if ([...query.keys()].some((name) => name.toLowerCase() === "filter")) {
    fail(403, undefined, "Discovery cannot be filtered.");
  }
}

export async function readServiceProviderConfig(call: ScimCall): Promise<ScimAnswer> {
  demandNoFilter(call);
  const summary = "Read what this server supports";
  return { status: 200, body: serviceProviderConfig(baseUrl()), logged: {}, summary };
}

export const readResourceTypes = async (call: ScimCall): Promise<ScimAnswer> => {
  demandNoFilter(call);
  return answer(call, resourceTypes(baseUrl()), "resource types");
};

export const readSchemas = async (call: ScimCall): Promise<ScimAnswer> => {
  demandNoFilter(call);
  return answer(call, schemaResources(baseUrl()), "schemas");
};

function answer({ id }: ScimCall, resources: { id: string }[], what: string): ScimAnswer {
  const summary = `Read the ${what}`;
  if (id === "") {
    const page = { totalResults: resources.length, startIndex: 1 };
    return { status: 200, body: listResponse(resources, page), logged: page, summary };
  }
  const found = findById(resources, id) ?? fail(404, undefined, `${shown(id)} is none of the ${what}.`);
  return { status: 200, body: found, logged: { id: found.id }, summary };
}
