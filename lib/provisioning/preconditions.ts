import "server-only";
import { versionTag } from "lib/protocol/scim/render";
import type { ScimCall } from "./scim-call";
import { fail } from "./scim-error";

const tags = (header: string) => header.split(",").map((tag) => tag.trim());

/** RFC 7644 3.14: a change that was thought for another version is refused. */
export function demandVersion({ ifMatch }: ScimCall, version: number): void {
  if (ifMatch === null || tags(ifMatch).some((tag) => tag === "*" || tag === versionTag(version))) return;
  fail(
    412,
    undefined,
    `This record has the version ${versionTag(version)} by now. Read it again. Nothing was changed.`,
  );
}

/** True where the client has this very version already: 304. */
export const isKnownVersion = ({ ifNoneMatch }: ScimCall, version: number): boolean =>
  ifNoneMatch !== null && tags(ifNoneMatch).some((tag) => tag === "*" || tag === versionTag(version));
