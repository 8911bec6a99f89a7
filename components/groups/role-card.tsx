import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { roleInWords } from "./groups-table";
import { MapRole, type SaveMapping } from "./map-role";
import type { PreviewRoles } from "./role-effect";

type RoleCardProps = {
  group: { id: string; displayName: string; role: string | null };
  /** Absent: this reader may not. */
  map?: { preview: PreviewRoles; save: SaveMapping };
};

/** The role that one group gives its members; `button "Change role"` shows whose would change. */
export function RoleCard({ group, map }: RoleCardProps) {
  return (
    <Card
      title="Role it gives"
      description="Members have the highest role of their groups, and their own one back when they leave. Owners stay owners."
      footer={
        map ? (
          <MapRole {...map} group={group} label="Change role" />
        ) : (
          <ForbiddenAction needs="Owner">Change role</ForbiddenAction>
        )
      }
    >
      <FactList facts={[{ name: "Role", value: roleInWords(group.role) }]} />
    </Card>
  );
}
