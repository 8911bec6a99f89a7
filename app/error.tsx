"use client";
import { ErrorPage, type ErrorPageProps } from "components/shell/error-page";
import { PublicShell } from "components/shell/public-shell";

export default function AppError(props: ErrorPageProps) {
  return (
    <PublicShell width="form">
      <ErrorPage {...props} />
    </PublicShell>
  );
}
