"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { CopyField } from "components/ui/copy-field";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { Notice } from "components/ui/notice";
import { Select } from "components/ui/select";
import { toastDone } from "components/ui/toast";
import type { ActionResult } from "lib/scope/action-result";
import { type InviteUser as Invite, inviteUserInput, roleNames } from "lib/users/schema";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { type Provisioned, provisioningHint } from "./provisioning-hint";

type Made = { userId: string; email: string; mailed: boolean; link: string | null };

type InviteUserProps = {
  invite: (input: Invite) => Promise<ActionResult<Made>>;
  /** Owners may give every role, admins every other one. */
  roles: readonly (keyof typeof roleNames)[];
  /** An address of one of these is told of before anybody is added by hand. */
  provisioned: Provisioned;
};

/** `button "Add user"`: name, address and role; the link itself where no mail can carry it. */
export function InviteUser({ invite, roles, provisioned }: InviteUserProps) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const run = useRun();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(inviteUserInput),
    defaultValues: { email: "", firstName: "", lastName: "", role: "member" as const },
  });
  const { errors, isSubmitting } = form.formState;
  const hint = provisioningHint(provisioned, form.watch("email"));

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => invite(input));
    if (!result.ok) return form.setError(result.fields.email ? "email" : "root", { message: result.message });
    router.refresh();
    if (result.value.link) return setMade(result.value);
    toastDone(`Invitation sent to ${result.value.email}`);
    close(false);
  });

  function close(next: boolean) {
    setOpen(next);
    if (next) return;
    setMade(null);
    form.reset();
  }

  return (
    <Dialog
      title={made ? "Hand on the invitation" : "Add user"}
      open={open}
      onOpenChange={close}
      trigger={<Button variant="primary">Add user</Button>}
    >
      {made ? (
        <>
          <Notice tone="warn">
            No mail server is set, so send this link to {made.email} yourself. It works once, for 7 days.
          </Notice>
          <CopyField label="Invitation link" value={made.link ?? ""} />
          <DialogFooter>
            <DialogClose>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </DialogFooter>
        </>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
          <Field name="email" label="E-mail" error={errors.email?.message}>
            {(control) => <Input {...control} {...form.register("email")} type="email" autoComplete="off" />}
          </Field>
          {hint && (
            <Notice tone="info" role="status">
              {hint}
            </Notice>
          )}
          <div className="grid gap-5 sm:grid-cols-2">
            <Field name="firstName" label="First name" optional error={errors.firstName?.message}>
              {(control) => <Input {...control} {...form.register("firstName")} autoComplete="off" />}
            </Field>
            <Field name="lastName" label="Last name" optional error={errors.lastName?.message}>
              {(control) => <Input {...control} {...form.register("lastName")} autoComplete="off" />}
            </Field>
          </div>
          <Field name="role" label="Role" error={errors.role?.message}>
            {(control) => (
              <Select
                {...control}
                {...form.register("role")}
                options={roles.map((role) => ({ value: role, label: roleNames[role] }))}
              />
            )}
          </Field>
          {errors.root && (
            <Notice tone="danger" role="alert">
              {errors.root.message}
            </Notice>
          )}
          <DialogFooter>
            <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Inviting…">
              Send invitation
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
