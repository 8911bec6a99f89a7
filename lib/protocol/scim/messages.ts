export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const errorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";
export const listUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const bulkUrn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

export type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "tooMany"
  | "uniqueness";

/** What is wrong with a request: the sentence is read by the identity provider's administrator. */
export type ScimFault = { status: number; scimType?: ScimType; detail: string };

export type Ok<T> = { ok: true; value: T };
export type Fault = { ok: false; fault: ScimFault };
export type Result<T> = Ok<T> | Fault;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const fault = (status: number, scimType: ScimType | undefined, detail: string): Fault => ({
  ok: false,
  fault: { status, ...(scimType ? { scimType } : {}), detail },
});

/** Carries a fault up through the kernel's own recursion; `attempt` ends its journey, so it never leaves this folder. */
class Refusal extends Error {
  constructor(readonly refused: ScimFault) {
    super(refused.detail);
  }
}

export function refuse(scimType: ScimType | undefined, detail: string, status = 400): never {
  throw new Refusal({ status, ...(scimType ? { scimType } : {}), detail });
}

export function attempt<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.refused };
    throw error;
  }
}

/** A value of the request as it may stand in a sentence: short, on one line, without invisible characters. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const clean = text.slice(0, 200).replace(/[\p{C}\p{Z}]+/gu, " ");
  const characters = [...clean];
  return characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : clean;
}

const longestDetail = 300;

/** The Error body of RFC 7644 3.12; Okta shows `detail` under Tasks. */
export function errorBody({ status, scimType, detail }: ScimFault, reference: string) {
  const ending = ` (ref ${reference})`;
  const characters = [...detail];
  const room = longestDetail - ending.length;
  const sentence = characters.length > room ? `${characters.slice(0, room - 1).join("")}…` : detail;
  return {
    schemas: [errorUrn],
    status: String(status),
    ...(scimType ? { scimType } : {}),
    detail: sentence + ending,
  };
}

export function listResponse<R>(resources: readonly R[], page: { totalResults: number; startIndex: number }) {
  return {
    schemas: [listUrn],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
