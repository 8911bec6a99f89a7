"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Input } from "components/ui/input";
import { Notice } from "components/ui/notice";
import type { ActionResult } from "lib/scope/action-result";
import { createTokenInput, maxLiveTokens } from "lib/tokens/schema";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { TokenLifeField } from "./token-life-field";
import { TokenOnce } from "./token-once";

type NewTokenProps = {
  directoryId: string;
  /** Tokens that count against the limit now. */
  live: number;
  baseUrl: string;
  okta: boolean;
  provider: string;
  create: (input: z.input<typeof createTokenInput>) => Promise<ActionResult<{ token: string }>>;
};

/** `button "Generate new token"`: name and expiry, then the token, the one time it can be read. */
export function NewToken({ directoryId, live, create, ...idp }: NewTokenProps) {
  const run = useRun();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const form = useForm({
    resolver: zodResolver(createTokenInput),
    defaultValues: { directoryId, name: "", expires: "1y" as const },
  });
  const { errors, isSubmitting, submitCount } = form.formState;
  const { reset } = form;

  const close = useCallback(() => {
    setOpen(false);
    setToken(null);
    reset();
  }, [reset]);

  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => create(input));
    if (!result.ok) return form.setError(result.fields.name ? "name" : "root", { message: result.message });
    setToken(result.value.token);
    router.refresh();
  });

  return (
    <Dialog
      title={token ? "Your new token" : "Generate new token"}
      open={open}
      // While the token can be read, only Done closes: Esc would lose it.
      busy={isSubmitting || token !== null}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      trigger={<Button size="small">Generate new token</Button>}
    >
      {token ? (
        <TokenOnce token={token} {...idp} onDone={close} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
          <FormErrors errors={errors} fields={["name", "expires"]} attempt={submitCount} />
          {live >= maxLiveTokens ? (
            <Notice tone="warn">
              All {maxLiveTokens} tokens of this directory are taken. Revoke one first, or rotate one: that takes no
              further place.
            </Notice>
          ) : (
            <ul className="flex list-disc flex-col gap-1 ps-5">
              <li>Whoever has the new token can create, change and deactivate the people managed here.</li>
              {live > 0 && (
                <li>
                  {live === 1 ? "The token you have goes" : `The ${live} tokens you have go`} on as before. To replace
                  one, rotate it instead.
                </li>
              )}
            </ul>
          )}
          <Field
            name="name"
            id="token-name"
            label="Name"
            help="Where it will be used, so that you know which one to revoke."
            error={errors.name?.message}
          >
            {(control) => <Input {...control} {...form.register("name")} maxLength={60} autoComplete="off" />}
          </Field>
          <TokenLifeField
            id="token-expires"
            label="Expires after"
            error={errors.expires?.message}
            registered={form.register("expires")}
          />
          <DialogFooter>
            <DialogClose>
              <Button busy={isSubmitting}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Generating…">
              Generate token
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}
