import { NotFoundMessage } from "components/shell/not-found-message";
import { PublicShell } from "components/shell/public-shell";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <PublicShell width="form">
      <NotFoundMessage />
    </PublicShell>
  );
}
