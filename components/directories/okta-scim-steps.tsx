import type { Step } from "components/connections/guide";
import { CopyField } from "components/ui/copy-field";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import type { ReactNode } from "react";
import { OktaAttributes } from "./okta-attributes";

const Hint = ({ children }: { children: ReactNode }) => <p className="text-small text-muted">{children}</p>;

/** Provisioning in the app that was made with Create App Integration; Okta sends PUT. */
export const ownAppSteps = (baseUrl: string): Step[] => [
  {
    id: "scim-own-enable",
    title: (
      <>
        Applications &gt; your app &gt; <b>General</b> &gt; App Settings &gt; Edit &gt; <b>Enable SCIM provisioning</b>{" "}
        &gt; Save
      </>
    ),
    body: <Hint>A tab Provisioning appears.</Hint>,
  },
  {
    id: "scim-own-integration",
    title: (
      <>
        <b>Provisioning</b> &gt; Integration &gt; Edit
      </>
    ),
    body: (
      <>
        <CopyField label="SCIM connector base URL" value={baseUrl} />
        <CopyField label="Unique identifier field for users" value="userName" />
        <Hint>
          Supported provisioning actions: tick <b>Push New Users</b>, <b>Push Profile Updates</b>, <b>Push Groups</b>.
          Leave <b>Import Groups</b> unticked.
        </Hint>
        <Hint>
          Authentication Mode: <b>HTTP Header</b>. Authorization: the token alone (Copy token); Okta adds Bearer itself.
        </Hint>
      </>
    ),
  },
  {
    id: "scim-own-test",
    title: (
      <>
        <b>Test Connector Configuration</b>, then Save
      </>
    ),
    body: <Hint>Each ticked feature turns green, and this page says Connected.</Hint>,
  },
];

/** Provisioning in a second app from Okta's catalogue; Okta sends PATCH. Both apps may belong to one connection. */
export const catalogueSteps = (baseUrl: string): Step[] => [
  {
    id: "scim-catalogue-add",
    title: (
      <>
        Applications &gt; Applications &gt; <b>Browse App Catalog</b> &gt; <b>SCIM 2.0 Test App (Header Auth)</b> &gt;
        Add Integration
      </>
    ),
    body: (
      <>
        <CopyField label="Application label" value="Gatehouse SCIM" />
        <Hint>Next, then Done: sign-in stays with the SAML app you have.</Hint>
      </>
    ),
  },
  {
    id: "scim-catalogue-configure",
    title: (
      <>
        <b>Provisioning</b> &gt; <b>Configure API Integration</b> &gt; <b>Enable API integration</b>
      </>
    ),
    body: (
      <>
        <CopyField label="Base URL" value={baseUrl} />
        <Hint>
          <b>API Token</b>: the token with Bearer in front (Copy with Bearer).{" "}
          <b>SCIM 2.0 Test App (OAuth Bearer Token)</b> and other catalogue apps take the token alone.
        </Hint>
        <Hint>
          Leave <b>Import Groups</b> unticked.
        </Hint>
      </>
    ),
  },
  {
    id: "scim-catalogue-test",
    title: (
      <>
        <b>Test API Credentials</b>, then Save
      </>
    ),
    body: <Hint>One press proves the token and names this directory; this page says Connected.</Hint>,
  },
];

/** What follows in either app. */
export const sharedSteps = (domain: string): Step[] => [
  {
    id: "scim-to-app",
    title: (
      <>
        Provisioning &gt; <b>To App</b> &gt; Edit &gt; Enable <b>Create Users</b>, <b>Update User Attributes</b>,{" "}
        <b>Deactivate Users</b> &gt; Save
      </>
    ),
    body: (
      <Hint>
        Each works alone. Sync Password is of use only with Synchronize passwords on, above: else a password that comes
        is dropped.
      </Hint>
    ),
  },
  {
    id: "scim-user-name",
    title: (
      <>
        <b>Sign On</b> &gt; Settings &gt; Edit &gt; <b>Application username format</b> <b>Email</b> &gt; Save
      </>
    ),
    body: (
      <Hint>The userName is then the address that people sign in with. Another form works if an e-mail comes.</Hint>
    ),
  },
  {
    id: "scim-attributes",
    title: (
      <>
        Provisioning &gt; To App &gt; <b>Attribute Mappings</b>: compare
      </>
    ),
    body: <OktaAttributes />,
  },
  {
    id: "scim-assign",
    title: (
      <>
        <b>Assignments</b> for people, <b>Push Groups</b> for groups
      </>
    ),
    body: (
      <>
        <Hint>Assignments &gt; Assign &gt; Assign to Groups (or to People) &gt; Assign &gt; Done.</Hint>
        <Hint>Push Groups &gt; Push Groups &gt; Find groups by name &gt; Save.</Hint>
        <Notice tone="warn">
          Assignments sends people; only Push Groups sends groups. Leave Import Groups unticked: nothing needs to come
          back from here.
        </Notice>
      </>
    ),
  },
  {
    id: "scim-trial",
    title: <>Try it with one person</>,
    body: (
      <ol className="flex list-[lower-alpha] flex-col gap-1 ps-5 text-small text-muted">
        <li>Assign one person with an address of {domain}.</li>
        <li>
          See the row under <TextLink href="/users?source=scim">Users</TextLink>, with the badge Managed.
        </li>
        <li>Unassign the person.</li>
        <li>
          See them <TextLink href="/users?status=deactivated">deactivated</TextLink>, and their sessions ended.
        </li>
      </ol>
    ),
  },
];
