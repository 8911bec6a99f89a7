import "server-only";
import { absoluteUrl } from "lib/base/env";
import { explainFailure } from "lib/exchanges/failures";
import type { Call, CallDetail } from "lib/exchanges/find-call";
import { oktaScim } from "lib/exchanges/okta-scim-paths";
import { explainRemark, isRemark } from "lib/exchanges/remarks";
import { type Dialect, dialectNames, type Operation, operationNames } from "lib/exchanges/schema";
import { changeRows } from "./change-rows";
import { curlOf } from "./curl-of";

/** One request as it is read: words first, then what was sent and answered. */
export function describeCall(call: Call, provider: string) {
  const detail = call.detail as CallDetail;
  const failed = call.outcome === "failed";
  const operation = (call.operation ?? "other") as Operation;
  const made = call.status === 201 && operation !== "bulk" ? call.responseBody : null;
  return {
    title: failed ? `Refused: ${lowerFirst(operationNames[operation])}` : call.summary,
    sentence: failed ? call.summary.replace(/^Refused: /, "") : null,
    failure: failed ? explainFailure(call.code ?? "GH-SCIM-REFUSED", {}, provider) : null,
    apply:
      provider === "okta"
        ? `To apply it, press Retry in Okta under ${oktaScim.tasks}.`
        : "To apply it, let the provider send it again.",
    remarks: (detail.hints ?? []).filter(isRemark).map((code) => ({ code, ...explainRemark(code, provider) })),
    changes: changeRows(detail, made),
    consequences: consequencesOf(detail),
    client: dialectNames[(call.dialect ?? "other") as Dialect] ?? dialectNames.other,
    authorization: authorizationOf(detail),
    ifMatch: detail.ifMatch ?? null,
    requestBody: inLines(call.requestBody),
    answerBody: inLines(call.responseBody),
    isCut: detail.cut === true,
    curl: detail.cut || call.path === null || call.path.includes("[removed]") ? null : curlFor(call, detail),
  };
}
export type DescribedCall = ReturnType<typeof describeCall>;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const counted = (count: number, noun: string) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** What came with the change: members, access that ended, people who could not be found any more. */
function consequencesOf({ added, removed, sessionsEnded, linksEnded, pendingMembers }: CallDetail): string[] {
  return [
    ...(added ? [`${counted(added, "member")} added`] : []),
    ...(removed ? [`${counted(removed, "member")} removed`] : []),
    ...(pendingMembers?.length ? [`${counted(pendingMembers.length, "member")} skipped`] : []),
    ...(sessionsEnded ? [`${counted(sessionsEnded, "session")} ended`] : []),
    ...(linksEnded ? [`${counted(linksEnded, "open link")} ended`] : []),
  ];
}

/** The header in the log is its form and the token's last characters. */
function authorizationOf({ token, tail }: CallDetail): string | null {
  if (!tail) return null;
  const form = token === "bare" ? "Token without Bearer" : token === "doubled" ? "Bearer twice" : "Bearer";
  return `${form}, …${tail}`;
}

const inLines = (body: unknown): string | null =>
  body === null || body === undefined ? null : JSON.stringify(body, null, 2);

const curlFor = ({ method, path, requestBody }: Call, { ifMatch }: CallDetail) =>
  curlOf({ method: method ?? "GET", url: absoluteUrl(path ?? ""), body: requestBody, ifMatch });
