import { CopyField } from "components/ui/copy-field";
import { Notice } from "components/ui/notice";
import type { ReactNode } from "react";
import { Guide, type GuideProps, type Step } from "./guide";

const attributes = [
  ["email", "user.email"],
  ["firstName", "user.firstName"],
  ["lastName", "user.lastName"],
] as const;

/** Okta's own steps in Okta's words, with this connection's values (console.md 7.5). */
export function OktaGuide(props: Omit<GuideProps, "label" | "steps">) {
  return (
    <Guide
      {...props}
      label="In Okta"
      steps={oktaSteps(props.urls)}
      after={
        <Notice tone="info" title="Good to know">
          <ul className="flex list-disc flex-col gap-1 ps-4">
            <li>Give the metadata URL rather than a file: it renews certificates by itself, a file cannot.</li>
            <li>Assign groups rather than people, and try it with one person first.</li>
            <li>Multi-factor and sign-on policies stay in Okta: Gatehouse takes the person Okta sends.</li>
          </ul>
        </Notice>
      }
    />
  );
}

function oktaSteps({ acsUrl, entityId }: GuideProps["urls"]): Step[] {
  return [
    {
      id: "create-app",
      title: (
        <>
          Okta Admin Console &gt; Applications &gt; Applications &gt; <b>Create App Integration</b> &gt; <b>SAML 2.0</b>{" "}
          &gt; Next
        </>
      ),
      body: <Hint>Newer tenants: Applications and Resources &gt; Applications.</Hint>,
    },
    {
      id: "general-settings",
      title: (
        <>
          <i>General Settings</i>: App name, then Next
        </>
      ),
      body: (
        <>
          <CopyField label="App name" value="Gatehouse" />
          <Hint>The logo may stay empty.</Hint>
        </>
      ),
    },
    {
      id: "configure-saml",
      title: (
        <>
          <i>Configure SAML</i>: the two addresses
        </>
      ),
      body: (
        <>
          <CopyField label="Single sign-on URL" value={acsUrl} />
          <Hint>
            Keep <b>Use this for Recipient URL and Destination URL</b> ticked.
          </Hint>
          <CopyField label="Audience URI (SP Entity ID)" value={entityId} />
          <Hint>
            <b>Default RelayState</b> stays empty. <b>Advanced Settings</b> stay as they are.
          </Hint>
        </>
      ),
    },
    {
      id: "name-id",
      title: (
        <>
          <b>Name ID format</b> EmailAddress, <b>Application username</b> Email, <b>Update application username on</b>{" "}
          Create and update
        </>
      ),
      body: <Hint>Persistent also works; it carries the Application username.</Hint>,
    },
    {
      id: "attribute-statements",
      title: (
        <>
          <i>Attribute Statements</i>, Name format Unspecified
        </>
      ),
      body: (
        <>
          {attributes.map(([name, value]) => (
            <div key={name} className="grid gap-2 sm:grid-cols-2">
              <CopyField label={`Name ${name}`} value={name} />
              <CopyField label={`Value of ${name}`} value={value} />
            </div>
          ))}
          <Hint>Optional: displayName = user.displayName.</Hint>
        </>
      ),
    },
    {
      id: "group-statements",
      title: (
        <>
          <i>Group Attribute Statements</i> only if provisioning (SCIM) will stay off, then Next
        </>
      ),
      body: (
        <Hint>
          Name groups, Filter <b>Matches regex</b>, Value .* – sign-in is the same with and without.
        </Hint>
      ),
    },
    {
      id: "feedback",
      title: (
        <>
          <i>Feedback</i>: <b>I'm an Okta customer adding an internal app</b>,{" "}
          <b>This is an internal app that we have created</b> &gt; Finish
        </>
      ),
    },
    {
      id: "metadata",
      title: (
        <>
          <b>Sign On</b> tab &gt; SAML 2.0 &gt; <b>Metadata URL</b> &gt; Copy, and paste it below
        </>
      ),
      body: (
        <Hint>
          Older tenants: right-click <b>Identity Provider metadata</b>, copy link. No URL:{" "}
          <b>View SAML setup instructions</b>, copy the box{" "}
          <i>Provide the following IDP metadata to your SP provider</i>; or <b>More details</b>: Sign on URL, Issuer,
          Signing Certificate.
        </Hint>
      ),
    },
    {
      id: "assignments",
      title: (
        <>
          <b>Assignments</b> tab &gt; Assign &gt; <b>Assign to Groups</b> (or <b>Assign to People</b>) &gt; Assign &gt;
          Done
        </>
      ),
      body: (
        <Hint>
          Somebody not assigned gets Okta's own refusal and never reaches Gatehouse. Try it: activate below, open a
          private window and sign in as the assigned person. Okta keeps its own record under Reports &gt; System Log.
        </Hint>
      ),
    },
  ];
}

const Hint = ({ children }: { children: ReactNode }) => <p className="text-small text-muted">{children}</p>;
