import { mostBulkOperations } from "./bulk-request";
import { foldName } from "./fold";
import { largestBody } from "./json";
import { enterpriseUrn } from "./messages";
import { maxCount } from "./query";
import { coreUrn, type ResourceType, schemas } from "./schema";

/** RFC 7643 5: only what this server does. */
export const serviceProviderConfig = (baseUrl: string) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: mostBulkOperations, maxPayloadSize: largestBody },
  filter: { supported: true, maxResults: maxCount },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "SCIM token",
      description: "A token of the directory, sent in the HTTP header Authorization.",
      specUri: "https://www.rfc-editor.org/info/rfc6750",
      primary: true,
    },
  ],
  meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
});

const resourceType = (baseUrl: string, name: ResourceType, description: string) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
  id: name,
  name,
  endpoint: `/${name}s`,
  description,
  schema: coreUrn[name],
  schemaExtensions: name === "User" ? [{ schema: enterpriseUrn, required: false }] : [],
  meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${name}` },
});

export const resourceTypes = (baseUrl: string) => [
  resourceType(baseUrl, "User", "People of the directory."),
  resourceType(baseUrl, "Group", "Groups of the directory."),
];

/** The kernel's own table, so that what is declared is what is done; a password is accepted but never asked for. */
export const schemaResources = (baseUrl: string) =>
  schemas.map((schema) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    ...schema,
    attributes: schema.attributes.filter(({ returned }) => returned !== "never"),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${schema.id}` },
  }));

/** One of `resourceTypes` or `schemaResources` by its id, in any letter case. */
export const findById = <R extends { id: string }>(resources: readonly R[], id: string): R | undefined =>
  resources.find((resource) => foldName(resource.id) === foldName(id));
