import { ForbiddenMessage } from "components/shell/forbidden-message";
import { PublicShell } from "components/shell/public-shell";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "You cannot open this page" };

export default function Forbidden() {
  return (
    <PublicShell width="form">
      <ForbiddenMessage />
    </PublicShell>
  );
}
