import { Activation } from "components/connections/activation";
import { AddCertificate } from "components/connections/add-certificate";
import { CertificateTable } from "components/connections/certificate-table";
import { GenericGuide } from "components/connections/generic-guide";
import { MetadataForm } from "components/connections/metadata-form";
import { OktaGuide } from "components/connections/okta-guide";
import { OurValues } from "components/connections/our-values";
import { ProviderSettings } from "components/connections/provider-settings";
import { RefreshMetadata } from "components/connections/refresh-metadata";
import { Card } from "components/ui/card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { findSetUp } from "lib/connections/find-set-up";
import { pageId, pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import {
  activateConnectionAction,
  addCertificateAction,
  enableConnectionAction,
  previewRefreshAction,
  readMetadataAction,
  refreshMetadataAction,
  saveDraftAction,
  tickGuideAction,
} from "../actions";

export const metadata: Metadata = { title: "Connection" };

export default async function SetUpPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const scope = await pageScope("connection:read");
  const [page, time] = await Promise.all([findSetUp(scope, pageId((await params).connectionId)), pageTime()]);
  if (!page) notFound();
  const { connection, identityProvider, word } = page;
  const mayEdit = may(scope, "connection:update");
  const draft = connection.status === "draft";
  const guide = {
    connectionId: connection.id,
    urls: connection.urls,
    ticks: connection.ticks,
    tick: mayEdit ? tickGuideAction : undefined,
  };
  const refresh = !draft && identityProvider?.source.kind === "url";
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <div className="flex min-w-0 flex-col gap-6 xl:sticky xl:top-6 xl:order-2">
        <OurValues urls={connection.urls} signInPage={page.signInPage} word={word} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        {draft &&
          (connection.provider === "okta" ? <OktaGuide {...guide} /> : <GenericGuide {...guide} provider={word} />)}
        {identityProvider && (
          <ProviderSettings
            word={word}
            provider={identityProvider}
            time={time}
            actions={
              refresh &&
              (mayEdit ? (
                <RefreshMetadata
                  connectionId={connection.id}
                  preview={previewRefreshAction}
                  apply={refreshMetadataAction}
                />
              ) : (
                <ForbiddenAction needs="Owner">Refresh metadata</ForbiddenAction>
              ))
            }
          />
        )}
        {draft && mayEdit && (
          <MetadataForm
            connection={connection}
            title={identityProvider ? `Replace the settings of ${word}` : `Settings of ${word}`}
            word={word}
            initial={page.typed}
            read={readMetadataAction}
            save={saveDraftAction}
            time={time}
          />
        )}
        {identityProvider && (
          <Card
            title="Certificates"
            actions={
              !draft &&
              (mayEdit ? (
                <AddCertificate connectionId={connection.id} word={word} add={addCertificateAction} />
              ) : (
                <ForbiddenAction needs="Owner">Add certificate</ForbiddenAction>
              ))
            }
          >
            <CertificateTable certificates={connection.certificates} time={time} />
          </Card>
        )}
        <Activation
          connection={connection}
          word={word}
          missing={page.missing}
          people={page.people}
          signInUrl={connection.urls.signInUrl}
          mayActivate={may(scope, "connection:activate")}
          activate={activateConnectionAction}
          enable={enableConnectionAction}
        />
        {!draft && (
          <details>
            <summary className="cursor-pointer py-2 font-medium text-muted">The steps in {word} again</summary>
            {connection.provider === "okta" ? <OktaGuide {...guide} /> : <GenericGuide {...guide} provider={word} />}
          </details>
        )}
      </div>
    </div>
  );
}
