"use client";
import { ErrorPage, type ErrorPageProps } from "components/shell/error-page";
import { PublicShell } from "components/shell/public-shell";
import "./globals.css";

/** The root layout itself failed, so its html, fonts and theme are missing here. */
export default function GlobalError(props: ErrorPageProps) {
  return (
    <html lang="en" dir="ltr" data-theme="system">
      <body className="font-sans">
        <title>Something went wrong · Gatehouse</title>
        <PublicShell width="form">
          <ErrorPage {...props} />
        </PublicShell>
      </body>
    </html>
  );
}
