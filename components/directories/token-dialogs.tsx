"use client";
import { ActionsMenu } from "components/ui/actions-menu";
import { MenuItem } from "components/ui/menu";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { RevokeToken } from "./revoke-token";
import { RotateToken } from "./rotate-token";
import type { TokenActs, ToldToken } from "./token-row";

type Asked = { what: "rotate" | "revoke"; token: ToldToken };

const AskContext = createContext<((asked: Asked) => void) | null>(null);

type TokenDialogsProps = {
  idp: { baseUrl: string; okta: boolean; provider: string };
  /** Null: this reader may not. */
  acts: TokenActs | null;
  children: ReactNode;
};

/**
 * The dialogs of all rows. They stand outside the rows, because the row of a token that ends at once goes while its
 * successor can be read.
 */
export function TokenDialogs({ idp, acts, children }: TokenDialogsProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = useCallback(() => setAsked(null), []);
  return (
    <AskContext value={acts && setAsked}>
      {children}
      {acts && asked?.what === "rotate" && (
        <RotateToken {...idp} token={asked.token} rotate={acts.rotate} close={close} />
      )}
      {acts && asked?.what === "revoke" && (
        <RevokeToken provider={idp.provider} token={asked.token} revoke={acts.revoke} close={close} />
      )}
    </AskContext>
  );
}

/** `button "Actions for {name}"`: rotate and revoke; a token in its overlap can only be ended now. */
export function TokenMenu({ token }: { token: ToldToken }) {
  const ask = useContext(AskContext);
  const refused = ask ? undefined : "Needs the Owner role";
  const { name, ends } = token;
  return (
    <ActionsMenu name={name}>
      {ends === null && (
        <MenuItem refused={refused} onSelect={() => ask?.({ what: "rotate", token })}>
          Rotate {name}
        </MenuItem>
      )}
      <MenuItem refused={refused} tone="danger" onSelect={() => ask?.({ what: "revoke", token })}>
        {ends === null ? `Revoke ${name}` : `Revoke ${name} now`}
      </MenuItem>
    </ActionsMenu>
  );
}
