import { Badge } from "components/ui/badge";
import { RefreshCw, Unplug, Users } from "lucide-react";

type SourceProps = { directory: { enabled: boolean; connection: { name: string } } | null };

/** Where a group's members come from: Synced with its connection's name, or Local. */
export function GroupSource({ directory }: SourceProps) {
  if (!directory) {
    return (
      <Badge tone="neutral" icon={Users}>
        Local
      </Badge>
    );
  }
  return (
    <>
      <Badge tone="info" icon={RefreshCw} more={`from ${directory.connection.name}`}>
        Synced
      </Badge>
      {!directory.enabled && (
        <Badge tone="warn" icon={Unplug}>
          No longer synchronized
        </Badge>
      )}
    </>
  );
}
