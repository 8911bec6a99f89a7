"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import type { LinkGroup as LinkOrder, PreviewLink as PreviewOrder } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { roleNames } from "lib/users/schema";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { rolesInWords } from "./add-members";
import { roleInWords } from "./groups-table";
import { PeoplePage } from "./people-page";
import { changesInWords } from "./role-effect";
import { usePreview } from "./use-preview";

type Role = keyof typeof roleNames;
type Numbers = { gained: number; lost: number; rolesChanged: number };
type LinkChange = {
  id: string;
  name: string;
  email: string;
  wasIn: boolean;
  isIn: boolean;
  before: Role;
  after: Role;
};
type LinkEffectView = Numbers & { people: readonly LinkChange[]; next: string | null };
export type PreviewLink = (input: PreviewOrder) => Promise<ActionResult<LinkEffectView>>;
export type Link = (input: LinkOrder) => Promise<ActionResult<Numbers>>;

type LinkGroupProps = {
  clash: { groupId: string; localGroupId: string; displayName: string; role: string | null; localRole: string | null };
  provider: string;
  preview: PreviewLink;
  link: Link;
};

/** `button "Link"`: who joins, who leaves and whose role changes is shown first (FX-21). */
export function LinkGroup({ clash, provider, preview, link }: LinkGroupProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { effect, reading, problem, look, more, forget } = usePreview(preview);
  const { groupId, localGroupId, displayName } = clash;
  const pair = { groupId, localGroupId };

  function steer(next: boolean) {
    setOpen(next);
    if (next) look(pair);
    else forget();
  }

  async function act() {
    if (!effect) return { ok: false, message: problem ?? "Counting who is touched. Try again in a moment." } as const;
    const { gained, lost, rolesChanged } = effect;
    const result = await run(() => link({ ...pair, shown: { gained, lost, rolesChanged } }));
    if (!result.ok) {
      // The new numbers are shown before anything is linked.
      if (result.code === "effect_changed") await look(pair);
      return result;
    }
    toastDone(`${displayName} is linked${rolesInWords(result.value.rolesChanged)}`);
    router.push(`/groups/${groupId}`);
    router.refresh();
    return { ok: true } as const;
  }

  return (
    <ConfirmDialog
      title={`Link group ${displayName}?`}
      trigger={
        <Button size="small" aria-label={`Link ${displayName}`}>
          Link
        </Button>
      }
      open={open}
      onOpenChange={steer}
      consequences={[
        `The local group becomes the one that ${provider} pushed. Its members then come from ${provider} alone.`,
        ...(effect
          ? [`${membersInWords(effect)}.`, `${changesInWords(effect.rolesChanged)}.`]
          : [problem ?? "Counting who is touched…"]),
      ]}
      stays={`Its description and the role it gives go over: ${roleInWords(clash.localRole ?? clash.role)}. Owners stay owners.`}
      undo="This cannot be undone."
      confirmLabel={`Link group ${displayName}`}
      busyLabel="Linking…"
      tone="primary"
      act={act}
    >
      {effect && (
        <PeoplePage
          label="People whose membership or role changes"
          page={effect}
          total={Math.max(effect.gained + effect.lost, effect.rolesChanged, effect.people.length)}
          more={more}
          busy={reading === "more"}
          columns={[
            { head: "Membership", cell: ({ wasIn, isIn }) => (wasIn === isIn ? "Stays" : isIn ? "Joins" : "Leaves") },
            {
              head: "Role",
              cell: ({ before, after }) =>
                before === after ? (
                  roleNames[after]
                ) : (
                  <span className="text-text">
                    {roleNames[before]} to {roleNames[after]}
                  </span>
                ),
            },
          ]}
        />
      )}
    </ConfirmDialog>
  );
}

const number = new Intl.NumberFormat("en-GB");
const people = (count: number) => (count === 1 ? "1 person" : `${number.format(count)} people`);

/** "2 people join and 1 person leaves". */
function membersInWords({ gained, lost }: Numbers): string {
  if (gained + lost === 0) return "Nobody joins or leaves";
  const joins = gained > 0 ? `${people(gained)} ${gained === 1 ? "joins" : "join"}` : null;
  const leaves = lost > 0 ? `${people(lost)} ${lost === 1 ? "leaves" : "leave"}` : null;
  return [joins, leaves].filter(Boolean).join(" and ");
}
