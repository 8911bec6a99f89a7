/**
 * @typedef {{ at: Date, step: string, person: string, status: number, scimType: string | null, detail: string }} Task
 * What an administrator finds under Dashboard > Tasks.
 * @typedef {{ method: string, path: string, body?: unknown }} Call
 * @typedef {{ status: number, body: Record<string, unknown> | null, headers: Headers }} Reply
 */

/** The forms in which Okta's apps send what was typed into the token field. */
export const headerForms = {
  /** Apps made with the wizard put Bearer in front themselves. */
  bearer: (/** @type {string} */ token) => `Bearer ${token}`,
  /** Catalogue apps of the kind "Header Auth" send the field as it is. */
  bare: (/** @type {string} */ token) => token,
  lower: (/** @type {string} */ token) => `bearer ${token}`,
  doubled: (/** @type {string} */ token) => `Bearer Bearer ${token}`,
};

const fiveMinutes = 300_000;
const tries = 10;

/** A refusal or a reply that Okta cannot use. `status` 0: no HTTP status is to blame. */
export class ScimFailure extends Error {
  /** @param {string} detail @param {number} status @param {string | null} scimType */
  constructor(detail, status = 0, scimType = null) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

/**
 * Sends as Okta does: its User-Agent, 60 s per request, and 429 as the one answer that is tried again by itself.
 * @param {{ baseUrl: string, authorization: string, fetch: typeof fetch, sleep: (ms: number) => Promise<unknown>, calls: (Call & { status: number })[] }} options
 */
export function scimClient({ baseUrl, authorization, fetch, sleep, calls }) {
  /** @param {Call} call @returns {Promise<Reply>} */
  const send = async ({ method, path, body }) => {
    let backOff = fiveMinutes;
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${baseUrl}${path}`, {
        method,
        headers: {
          authorization,
          accept: "application/scim+json",
          "user-agent": "Okta SCIM Client 1.0.0",
          ...(body === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: "manual",
        signal: AbortSignal.timeout(60_000),
      });
      const text = await answer.text();
      calls.push({ method, path, body, status: answer.status });
      if (answer.status === 429 && attempt < tries) {
        const asked = answer.headers.get("retry-after") ?? "";
        // Anything but whole seconds is read as five minutes.
        await sleep(/^\d+$/.test(asked) ? Number(asked) * 1000 : backOff);
        backOff *= 2;
        continue;
      }
      return { status: answer.status, headers: answer.headers, body: parse(text, answer.status) };
    }
  };

  /** The reply to `call` if it has one of `statuses`; else a failure that carries the server's detail. @param {Call} call @param {number[]} statuses */
  const demand = async (call, statuses) => {
    const reply = await send(call);
    if (statuses.includes(reply.status)) return reply;
    const detail = typeof reply.body?.detail === "string" ? reply.body.detail : `Received HTTP ${reply.status}`;
    const scimType = typeof reply.body?.scimType === "string" ? reply.body.scimType : null;
    throw new ScimFailure(detail, reply.status, scimType);
  };

  return {
    send,
    demand,
    /** @param {string} path @returns {Promise<Record<string, unknown>>} */
    read: async (path) => resource(await demand({ method: "GET", path }, [200])),
    /** @param {string} path @returns {Promise<{ total: number, resources: Record<string, unknown>[] }>} */
    list: async (path) => listOf(await demand({ method: "GET", path }, [200])),
  };
}

/** @param {string} text @param {number} status @returns {Record<string, unknown> | null} */
function parse(text, status) {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new ScimFailure(`The answer (HTTP ${status}) is not JSON`, status);
  }
}

/** @param {Reply} reply @param {string} [whenEmpty] @returns {Record<string, unknown> & { id: string }} */
export function resource({ body, status }, whenEmpty = "The answer has no body") {
  if (body === null) throw new ScimFailure(whenEmpty, status);
  if (typeof body.id !== "string" || !Array.isArray(body.schemas)) {
    throw new ScimFailure("The resource has no id or no schemas", status);
  }
  return /** @type {Record<string, unknown> & { id: string }} */ (body);
}

/** Okta's reader takes no text for a number. @param {Reply} reply */
function listOf({ body, status }) {
  for (const name of ["totalResults", "startIndex", "itemsPerPage"]) {
    if (!Number.isInteger(body?.[name])) throw new ScimFailure(`${name} is not an integer`, status);
  }
  const resources = body?.Resources ?? [];
  if (!Array.isArray(resources)) throw new ScimFailure("Resources is not a list", status);
  return { total: /** @type {number} */ (body?.totalResults), resources };
}
