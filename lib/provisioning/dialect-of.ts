import "server-only";
import type { Dialect } from "lib/exchanges/schema";
import { isObject, type Json, type JsonObject } from "lib/protocol/scim/json";
import { activeAsked, endpointOf } from "./operation-of";

type Asked = { method: string; path: string; body: JsonObject; userAgent: string | null };

/** Whose client this is, by its User-Agent where it names one, else by the form of the request. */
export function dialectOf(asked: Asked): Dialect {
  const agent = asked.userAgent ?? "";
  if (/^Okta/i.test(agent)) return oktaApp(asked);
  if (/onelogin/i.test(agent) || isOneLogin(asked.body)) return "onelogin";
  if (/jumpcloud/i.test(agent)) return "jumpcloud";
  if (/azure|entra|microsoft/i.test(agent) || isEntra(asked)) return "entra";
  return "other";
}

/** The wizard's app sends PUT for everything, the catalogue's PATCH for groups and for active; the rest is alike. */
function oktaApp({ method, path, body }: Asked): Dialect {
  const [endpoint, id] = endpointOf(path);
  if (method === "PATCH") return "okta-oin";
  if (method === "PUT" && (endpoint === "groups" || activeAsked(body) === false)) return "okta-aiw";
  const tested = method === "GET" && !id && /[?&]count=([12])(&|$)/.exec(path)?.[1];
  return tested === "2" ? "okta-aiw" : tested === "1" ? "okta-oin" : "okta";
}

const listOf = (body: JsonObject, name: string): Json[] => {
  const found = Object.entries(body).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(found) ? found : [];
};

const isOneLogin = (body: JsonObject) =>
  listOf(body, "schemas").includes("urn:scim:schemas:core:1.0") ||
  listOf(body, "members").some((member) => isObject(member) && "operation" in member);

const isEntra = ({ path, body }: Asked) =>
  /aadOptscim/i.test(path) ||
  listOf(body, "operations").some((one) => isObject(one) && /^(Add|Replace|Remove)$/.test(String(one.op))) ||
  listOf(body, "schemas").some((urn) => /microsoft\.com/.test(String(urn)));
