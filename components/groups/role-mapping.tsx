import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import type { FindGroups } from "./choose-group";
import { roleInWords } from "./groups-table";
import { MapRole, type SaveMapping } from "./map-role";
import type { PreviewRoles } from "./role-effect";

type MappedGroup = { id: string; displayName: string; role: string | null; members: number };

type RoleMappingProps = {
  directoryId: string;
  provider: string;
  /** Those that give a role, and how many groups the directory has in all. */
  groups: readonly MappedGroup[];
  total: number;
  /** Absent: this reader may not. */
  map?: { preview: PreviewRoles; save: SaveMapping; findGroups: FindGroups };
};

/** Which groups of a directory give which role; an edit shows whose role would change before it is saved. */
export function RoleMapping({ directoryId, provider, groups, total, map }: RoleMappingProps) {
  return (
    <Card
      title="Roles from groups"
      description={`A group that ${provider} pushes can give its members a role. Owners are never touched.`}
      actions={
        total === 0 ? null : map ? (
          <MapRole {...map} group={null} directoryId={directoryId} label="Map a group" size="small" />
        ) : (
          <ForbiddenAction needs="Owner" size="small">
            Map a group
          </ForbiddenAction>
        )
      }
    >
      {groups.length > 0 ? (
        <Table
          caption="Groups that give a role"
          rows={groups}
          rowKey={({ id }) => id}
          columns={[
            {
              head: "Group",
              cell: ({ id, displayName }) => (
                <TextLink quiet href={`/groups/${id}`} className="[overflow-wrap:anywhere]">
                  <bdi>{displayName}</bdi>
                </TextLink>
              ),
            },
            { head: "Members", cell: ({ members }) => new Intl.NumberFormat("en-GB").format(members) },
            { head: "Role", cell: ({ role }) => roleInWords(role) },
          ]}
          actions={({ id, displayName, role }) =>
            map ? (
              <MapRole
                {...map}
                group={{ id, displayName, role }}
                label="Change role"
                name={`Change role of ${displayName}`}
                size="small"
              />
            ) : (
              <ForbiddenAction needs="Owner" size="small" aria-label={`Change role of ${displayName}`}>
                Change role
              </ForbiddenAction>
            )
          }
        />
      ) : (
        <p className="text-muted">
          {total === 0
            ? `No group came from ${provider} yet. Once it pushes one, map it to a role here.`
            : "No group gives a role: everybody has the role that was chosen on their own page."}
        </p>
      )}
    </Card>
  );
}
