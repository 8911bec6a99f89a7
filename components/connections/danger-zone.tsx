"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Checkbox } from "components/ui/checkbox";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { RadioGroup } from "components/ui/radio-group";
import { toastDone } from "components/ui/toast";
import type { DeleteConnection, DisableConnection } from "lib/connections/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";

type Impact = {
  people: number;
  users: number;
  sessions: number;
  identities: number;
  groups: number;
  tokens: number;
  provisioning: boolean;
};

type DangerZoneProps = {
  connection: { id: string; name: string; version: number; status: string };
  impact: Impact;
  mayDisable: boolean;
  mayDelete: boolean;
  disable: (input: DisableConnection) => Promise<ActionResult<unknown>>;
  remove: (input: DeleteConnection) => Promise<ActionResult<unknown>>;
};

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Disable and delete, each telling first whom and how much it touches. */
export function DangerZone({ connection, impact, mayDisable, mayDelete, disable, remove }: DangerZoneProps) {
  const run = useRun();
  const router = useRouter();
  const { id: connectionId, version, name } = connection;

  async function disableNow(form: FormData) {
    const input = {
      connectionId,
      version,
      endSessions: form.has("endSessions"),
      pauseProvisioning: form.has("pauseProvisioning"),
    };
    const result = await run(() => disable(input));
    if (!result.ok) return result;
    toastDone(`${name} is disabled`);
    router.refresh();
    return { ok: true } as const;
  }

  async function deleteNow(form: FormData) {
    const users = form.get("users") === "deactivate" ? ("deactivate" as const) : ("manual" as const);
    const result = await run(() => remove({ connectionId, confirmation: String(form.get("typedName")), users }));
    if (!result.ok) return result;
    toastDone(`${name} is deleted`);
    router.push("/connections");
    return { ok: true } as const;
  }

  return (
    <div className="flex max-w-form flex-col gap-6">
      {connection.status === "active" && (
        <Card
          title="Disable connection"
          description="Its domains get the password step until you enable it again."
          actions={
            mayDisable ? (
              <ConfirmDialog
                title={`Disable connection ${name}?`}
                trigger={<Button>Disable connection</Button>}
                consequences={[
                  `${count(impact.people, "person").replace("persons", "people")} lose this way in; sign-ins under way are refused.`,
                  `${count(impact.sessions, "session")} made through it go on until they run out, unless you end them.`,
                  ...(impact.provisioning
                    ? ["Provisioning goes on, so that leavers still leave, unless you pause it."]
                    : []),
                ]}
                stays="Users, groups and all settings stay."
                undo="You can enable it again at any time."
                confirmLabel={`Disable ${name}`}
                act={disableNow}
              >
                <Checkbox name="endSessions" label={`End ${count(impact.sessions, "session")} now`} />
                {impact.provisioning && <Checkbox name="pauseProvisioning" label="Pause provisioning too" />}
              </ConfirmDialog>
            ) : (
              <ForbiddenAction needs="Owner">Disable connection</ForbiddenAction>
            )
          }
        />
      )}
      <Card
        title="Delete connection"
        description="Its addresses stop working for good; a new connection gets new ones."
        actions={
          mayDelete ? (
            <ConfirmDialog
              title={`Delete connection ${name}?`}
              trigger={<Button>Delete connection</Button>}
              consequences={[
                `${count(impact.identities, "identity").replace("identitys", "identities")} and ${count(impact.sessions, "session")} made through it end.`,
                `Provisioning ends: ${count(impact.tokens, "token")} stop working.`,
                ...(impact.groups > 0
                  ? [`${count(impact.groups, "synced group")} become local, with the members and the role they have.`]
                  : []),
                `${count(impact.users, "user")} of it become manual or are deactivated, as you choose.`,
              ]}
              stays="Groups and the audit log stay."
              undo="This cannot be undone."
              confirmLabel={`Delete ${name}`}
              typedName={name}
              act={deleteNow}
            >
              <RadioGroup
                name="users"
                label="What becomes of its users"
                defaultValue="manual"
                options={[
                  { value: "manual", label: "Keep them as manual users" },
                  { value: "deactivate", label: "Deactivate them" },
                ]}
              />
            </ConfirmDialog>
          ) : (
            <ForbiddenAction needs="Owner">Delete connection</ForbiddenAction>
          )
        }
      />
    </div>
  );
}
