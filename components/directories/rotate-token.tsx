"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRun } from "components/ui/action-runner";
import { Button } from "components/ui/button";
import { Dialog, DialogClose, DialogFooter } from "components/ui/dialog";
import { Field } from "components/ui/field";
import { FormErrors } from "components/ui/form-errors";
import { Select } from "components/ui/select";
import { rotateTokenInput, type TokenOverlap, tokenOverlapNames, tokenOverlaps } from "lib/tokens/schema";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { TokenLifeField } from "./token-life-field";
import { TokenOnce } from "./token-once";
import type { TokenActs, ToldToken } from "./token-row";

type RotateTokenProps = {
  token: ToldToken;
  baseUrl: string;
  okta: boolean;
  provider: string;
  rotate: TokenActs["rotate"];
  close: () => void;
};

/** Makes the successor of a token: how long both work, then the new one, the one time it can be read. */
export function RotateToken({ token, rotate, close, ...idp }: RotateTokenProps) {
  const run = useRun();
  const router = useRouter();
  const [made, setMade] = useState<string | null>(null);
  const form = useForm({
    resolver: zodResolver(rotateTokenInput),
    defaultValues: { tokenId: token.id, overlap: "24h" as TokenOverlap, expires: "1y" as const },
  });
  const overlap = useWatch({ control: form.control, name: "overlap" }) ?? "24h";
  const { errors, isSubmitting, submitCount } = form.formState;
  const submit = form.handleSubmit(async (input) => {
    const result = await run(() => rotate(input));
    if (!result.ok) return form.setError("root", { message: result.message });
    setMade(result.value.token);
    router.refresh();
  });

  return (
    <Dialog
      title={made ? "Your new token" : `Rotate token ${token.name}?`}
      open
      // While the token can be read, only Done closes: Esc would lose it.
      busy={isSubmitting || made !== null}
      onOpenChange={(next) => !next && close()}
    >
      {made ? (
        <TokenOnce token={made} {...idp} onDone={close} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
          <FormErrors errors={errors} fields={["overlap", "expires"]} attempt={submitCount} />
          <ul className="flex list-disc flex-col gap-1 ps-5">
            <li>A new token of this name is made and shown once. Paste it in {idp.provider}.</li>
            <li>
              The old one (<bdi>{token.mask}</bdi>): {decapital(token.lastUse)}; calls with it {callsAfter[overlap]}.
            </li>
          </ul>
          <Field
            name="overlap"
            id={`overlap-${token.id}`}
            label="The old token ends"
            help="Until then both work. It never ends later than it would have expired, and you can revoke it before."
            error={errors.overlap?.message}
          >
            {(control) => (
              <Select
                {...control}
                {...form.register("overlap")}
                options={tokenOverlaps.map((value) => ({ value, label: tokenOverlapNames[value] }))}
              />
            )}
          </Field>
          <TokenLifeField
            id={`expires-${token.id}`}
            label="The new token expires after"
            error={errors.expires?.message}
            registered={form.register("expires")}
          />
          <DialogFooter>
            <DialogClose>
              <Button busy={isSubmitting}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Rotating…">
              Rotate {token.name}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  );
}

const callsAfter: Record<TokenOverlap, string> = {
  "0": "fail at once",
  "1h": "go on for 1 hour, then fail",
  "24h": "go on for 24 hours, then fail",
  "72h": "go on for 72 hours, then fail",
  "7d": "go on for 7 days, then fail",
};

const decapital = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
