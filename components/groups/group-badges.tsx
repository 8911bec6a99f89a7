import { Badge } from "components/ui/badge";
import { RefreshCw, Unplug, Users } from "lucide-react";

type SourceProps = {
  directory: { enabled: boolean; connection: { name: string } } | null;
  /** A local group has the name of this pushed one (FX-21). */
  clash?: boolean;
};

/** Where a group's members come from, Synced with its connection's name or Local, and what is amiss with that. */
export function GroupSource({ directory, clash = false }: SourceProps) {
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
      {clash && <Badge tone="warn">Name clash</Badge>}
      {!directory.enabled && (
        <Badge tone="warn" icon={Unplug}>
          No longer synchronized
        </Badge>
      )}
    </>
  );
}
