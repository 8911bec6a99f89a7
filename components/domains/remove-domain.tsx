"use client";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { ConfirmDialog } from "components/ui/confirm-dialog";
import { toastDone } from "components/ui/toast";
import type { RemoveDomain as Input } from "lib/domains/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useRouter } from "next/navigation";

type RemoveDomainProps = {
  domain: { id: string; name: string; users: number; verified: boolean };
  remove: (input: Input) => Promise<ActionResult<unknown>>;
};

export function RemoveDomain({ domain, remove }: RemoveDomainProps) {
  const run = useRun();
  const router = useRouter();
  const users = domain.users === 1 ? "1 user has" : `${domain.users} users have`;
  return (
    <ConfirmDialog
      title={`Remove domain ${domain.name}?`}
      trigger={<Button>Remove domain</Button>}
      consequences={[
        `${users} an address of ${domain.name}; no connection can sign them in until it is verified again.`,
        "The record in your DNS may go.",
      ]}
      stays="Users, groups and sessions stay as they are."
      undo="You can add the domain again; it then gets a new value to prove."
      confirmLabel={`Remove ${domain.name}`}
      typedName={domain.name}
      act={async (form) => {
        const confirmation = String(form.get("typedName"));
        const result = await run(() => remove({ domainId: domain.id, confirmation }));
        if (!result.ok) return result;
        toastDone(`${domain.name} is removed`);
        router.push("/domains");
        return { ok: true };
      }}
    />
  );
}
