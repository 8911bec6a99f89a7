import { type AttributeMapping, furtherFields, nameIdSource, sourcesOf } from "./attribute-mapping";
import { asciiLower, normalizeEmail } from "./email-address";
import type { SamlAnswer } from "./guard";
import { nameIdFormats } from "./namespaces";

/** What an answer says about a person. Values are plain text: trimmed, blanks collapsed, at most 256 characters. */
export type Profile = {
  subject: { value: string; key: string; source: string };
  /** Null if none was sent: the caller decides, since a known identity needs none. */
  email: string | null;
  /** The attribute that gave it, or `NameID`. */
  emailSource: string | null;
  /** The NameID, where it is an address too and another one. Only reported: the attribute wins. */
  otherEmail: string | null;
  firstName: string | null;
  lastName: string | null;
  displayName: string | null;
  userName: string | null;
  department: string | null;
  jobTitle: string | null;
  groups: string[];
  further: { field: string; value: string }[];
};

export type ProfileRefusal = {
  code: "GH-SIGNIN-EMAIL-AMBIGUOUS" | "GH-SIGNIN-EMAIL-INVALID" | "GH-SIGNIN-SUBJECT";
  received: string;
  detail: string;
};

export type ProfileReading = { ok: true; profile: Profile } | { ok: false; refusal: ProfileRefusal };

type Answer = Pick<SamlAnswer, "nameId" | "attributes">;
type Fault = { refusal: ProfileRefusal };

const longestSubject = 512;

/** Reads the profile by the table of sign-in.md section 5, or by the connection's own order. */
export function readProfile(answer: Answer, mapping: AttributeMapping): ProfileReading {
  const values = valuesByName(answer);
  const look = (source: string) => (source === nameIdSource ? [answer.nameId.value] : (values.get(source) ?? []));
  const all = (field: string) => firstPresent(sourcesOf(mapping, field), look)?.values ?? [];
  const one = (field: string) => plain(all(field)[0] ?? "") || null;
  const subject = readSubject(answer, sourcesOf(mapping, "subject"), look);
  if ("refusal" in subject) return { ok: false, ...subject };
  const email = readEmail(answer, sourcesOf(mapping, "email"), look);
  if ("refusal" in email) return { ok: false, ...email };
  const [firstName, lastName] = [one("firstName"), one("lastName")];
  const fullName = [firstName, lastName].filter(Boolean).join(" ") || null;
  const profile = {
    subject,
    ...email,
    firstName,
    lastName,
    displayName: one("displayName") ?? fullName ?? email.email,
    userName: one("userName"),
    department: one("department"),
    jobTitle: one("jobTitle"),
    groups: [...new Set(all("groups").map(plain))],
    further: furtherFields(mapping).flatMap((field) => {
      const value = one(field);
      return value ? [{ field, value }] : [];
    }),
  };
  return { ok: true, profile };
}

/** The form in which two subjects are compared: addresses without ASCII case whatever the format, others exactly. */
export const subjectKey = (subject: string): string =>
  normalizeEmail(subject).ok ? asciiLower(subject.trim()) : subject;

/** Values that say something, by name. A Map, because a name may be `__proto__`. */
function valuesByName(answer: Answer): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const { name, values } of answer.attributes) {
    const present = values.filter((value) => value.trim() !== "");
    byName.set(name, [...(byName.get(name) ?? []), ...present]);
  }
  return byName;
}

type Look = (source: string) => string[];

function firstPresent(sources: string[], look: Look): { source: string; values: string[] } | null {
  for (const source of sources) {
    const values = look(source);
    if (values.length > 0) return { source, values };
  }
  return null;
}

/** One source only: a fallback would give one person two keys. */
function readSubject({ nameId }: Answer, [source = nameIdSource]: string[], look: Look): Profile["subject"] | Fault {
  // SAML core 8.3.8: another one at every sign-in, so it names nobody.
  if (source === nameIdSource && nameId.format === nameIdFormats.transient) {
    return refuse("GH-SIGNIN-SUBJECT", nameId.format, "the NameID is transient");
  }
  const [value, second] = look(source);
  if (value === undefined) return refuse("GH-SIGNIN-SUBJECT", "none", `the subject attribute ${source} was not sent`);
  if (second !== undefined) {
    return refuse("GH-SIGNIN-SUBJECT", `${value}, ${second}`, `the subject attribute ${source} has two values`);
  }
  if (value.length > longestSubject) {
    return refuse("GH-SIGNIN-SUBJECT", value, `${source} is longer than ${longestSubject} characters`);
  }
  return { value, key: subjectKey(value), source };
}

type Email = Pick<Profile, "email" | "emailSource" | "otherEmail">;

function readEmail(answer: Answer, sources: string[], look: Look): Email | Fault {
  const inNameId = addressInNameId(answer);
  const found = firstPresent(sources, (source) => (source === nameIdSource ? inNameId : look(source)));
  if (!found) return { email: null, emailSource: null, otherEmail: null };
  const emails = new Set<string>();
  for (const value of found.values) {
    const address = normalizeEmail(value);
    if (!address.ok) return refuse("GH-SIGNIN-EMAIL-INVALID", value, `${found.source}: ${address.fault}`);
    emails.add(address.email);
  }
  const [email = null, second] = emails;
  if (second) return refuse("GH-SIGNIN-EMAIL-AMBIGUOUS", [...emails].join(", "), found.source);
  const [named] = inNameId.map(normalizeEmail);
  return { email, emailSource: found.source, otherEmail: named?.ok && named.email !== email ? named.email : null };
}

/** A NameID is an address if its format says so, or if it looks like one and no format says otherwise. */
function addressInNameId({ nameId: { value, format } }: Answer): string[] {
  // Okta sends a plain user name under emailAddress too (FD-6): without @ it is none, with one it has to be a right one.
  if (/:nameid-format:emailAddress$/.test(format ?? "")) return value.includes("@") ? [value] : [];
  const isOpen = format === null || /:nameid-format:unspecified$/.test(format);
  return isOpen && normalizeEmail(value).ok ? [value] : [];
}

const refuse = (code: ProfileRefusal["code"], received: string, detail: string): Fault => ({
  refusal: { code, received: received.slice(0, 500), detail },
});

const plain = (text: string) => [...text.replace(/[\s\p{Cc}]+/gu, " ").trim()].slice(0, 256).join("");
