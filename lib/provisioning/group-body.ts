import "server-only";
import { type Projection, project, wantsMembers } from "lib/protocol/scim/project";
import { type GroupWithMembers, renderStoredGroup } from "./stored-group";

const asksWithinMembers = ({ only, without }: Projection): boolean =>
  (only ?? without ?? []).some(({ steps }) => steps[0] === "members" && steps.length > 1);

/** A group as JSON text; the members stay the text that PostgreSQL made, unless parts of them were asked for. */
export function groupBody(group: GroupWithMembers, projection: Projection): string {
  const resource = renderStoredGroup(group);
  const { members } = group;
  if (members === null || !wantsMembers(projection)) return JSON.stringify(project(resource, projection));
  if (asksWithinMembers(projection)) {
    return JSON.stringify(project(Object.assign(resource, { members: JSON.parse(members) }), projection));
  }
  return `${JSON.stringify(project(resource, projection)).slice(0, -1)},"members":${members}}`;
}
