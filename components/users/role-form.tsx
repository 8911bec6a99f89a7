"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Card } from "components/ui/card";
import { Field } from "components/ui/field";
import { Notice } from "components/ui/notice";
import { Select } from "components/ui/select";
import { TextLink } from "components/ui/text-link";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { type ChangeRole, roleNames } from "lib/users/schema";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

type RoleFormProps = {
  userId: string;
  role: keyof typeof roleNames;
  /** What this reader may give; without the present one nothing can be changed. */
  roles: readonly (keyof typeof roleNames)[];
  /** The groups that give the present role: only owner is given beside them (DF-38). */
  givers: readonly { id: string; displayName: string }[];
  /** Why not, if not. */
  refused: string | null;
  change: (input: ChangeRole) => Promise<ActionResult<unknown>>;
};

/** What a person may do here; in force at their next request. */
export function RoleForm({ userId, role, roles, givers, refused, change }: RoleFormProps) {
  const run = useRun();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const given = givers.length > 0;
  const choices = roles.filter((value) => !given || value === role || value === "owner");
  const locked = refused !== null || (given && choices.length < 2);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const next = new FormData(event.currentTarget).get("role") as keyof typeof roleNames;
    setBusy(true);
    const result = await run(() => change({ userId, role: next }));
    setBusy(false);
    setRefusal(result.ok ? null : result.message);
    if (result.ok) toastDone(`Role is now ${roleNames[next]}`);
    router.refresh();
  }

  return (
    <form onSubmit={submit}>
      <Card
        title="Role"
        description="In force at the person's next click."
        footer={
          !locked && (
            <Button type="submit" busy={busy}>
              Change role
            </Button>
          )
        }
      >
        <Field name="role" label="Role" help={given ? <SetBy givers={givers} /> : refused}>
          {(control) => (
            <Select
              key={role}
              {...control}
              defaultValue={role}
              disabled={locked}
              options={(choices.includes(role) ? choices : [role]).map((value) => ({ value, label: roleNames[value] }))}
            />
          )}
        </Field>
        {refusal && (
          <Notice tone="danger" role="alert">
            {refusal}
          </Notice>
        )}
      </Card>
    </form>
  );
}

/** "Set by the group Engineering", with the way there. */
function SetBy({ givers: [first, ...more] }: Pick<RoleFormProps, "givers">) {
  if (!first) return null;
  return (
    <>
      Set by the group <TextLink href={`/groups/${first.id}`}>{first.displayName}</TextLink>
      {more.length > 0 && ` and ${more.length} more`}. Take the person out of it, or change the role it gives.
    </>
  );
}
