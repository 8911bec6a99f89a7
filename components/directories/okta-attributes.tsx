import { CopyField } from "components/ui/copy-field";
import { Mono } from "components/ui/mono";
import { Table } from "components/ui/table";

const displayName = 'String.len(user.displayName) > 0 ? user.displayName : user.firstName + " " + user.lastName';

const rows = [
  { name: "userName", value: "Configured in Sign On settings", when: "Create", code: false },
  { name: "email", value: "user.email", when: "Create and update", code: true },
  { name: "givenName", value: "user.firstName", when: "Create and update", code: true },
  { name: "familyName", value: "user.lastName", when: "Create and update", code: true },
  { name: "displayName", value: "Expression, see below", when: "Create and update", code: false },
];

/** Okta's attribute mappings to compare with, and the expression that leaves no display name blank (FX-17). */
export function OktaAttributes() {
  return (
    <>
      <Table
        caption="Attribute mappings"
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { head: "Attribute", cell: ({ name }) => <Mono>{name}</Mono> },
          { head: "Value in Okta", cell: ({ value, code }) => (code ? <Mono>{value}</Mono> : value) },
          { head: "Apply on", cell: ({ when }) => when },
        ]}
      />
      <CopyField
        label="Expression for displayName"
        value={displayName}
        help="Attribute value: Expression. Apply on Create and update."
      />
      <p className="text-small text-muted">
        Optional: title, department, division, costCenter, employeeNumber, organization, managerValue and
        managerDisplayName, mobilePhone, primaryPhone, secondEmail, nickName, userType, profileUrl, locale, timezone,
        preferredLanguage and the address. What comes is kept, shown on the person's page and given back to Okta.
      </p>
    </>
  );
}
