import { setTimeout as pause } from "node:timers/promises";
import type { Ledger, UserState } from "./ledger";
import type { Reply, ScimClient } from "./scim-client";

export type Tally = {
  answers: Map<number | "broken", number>;
  /** Milliseconds of acknowledged writes. */
  ms: number[];
  /** Of refusals: which texts a caller can live with is the scenario's word. */
  refusals: Reply[];
};

const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export async function makeGroup(client: ScimClient): Promise<string> {
  const reply = await client("POST", "/Groups", { schemas: [groupSchema], displayName: "Everybody" });
  if (reply.status !== 201) throw new Error(`The group was answered ${reply.status}.`);
  return String(reply.body.id);
}

/**
 * A steady mix of creates, updates, (de)activations and membership changes, written down before it is sent and again
 * when it is answered. Ends after `writes` of them, or when `until` is over.
 */
export async function provision(
  { client, ledger, domain, groupId }: { client: ScimClient; ledger: Ledger; domain: string; groupId: string },
  { writes, perSecond, random }: { writes: number; perSecond: number; random: () => number },
): Promise<Tally> {
  const tally: Tally = { answers: new Map(), ms: [], refusals: [] };
  const note = (reply: Reply) => {
    tally.answers.set(reply.status, (tally.answers.get(reply.status) ?? 0) + 1);
    if (typeof reply.status === "number" && reply.status < 300) tally.ms.push(reply.ms);
    else if (reply.status !== "broken") tally.refusals.push(reply);
    return reply;
  };
  const isDone = ({ status }: Reply) => typeof status === "number" && status < 300;
  // Only what says so has changed nothing: a gateway's 502 does not know, nor does a 503 during a commit.
  const isAnswer = ({ status, body }: Reply) =>
    (typeof status === "number" && status < 500) || /changed nothing/.test(String(body.detail));
  const idle: UserState[] = [];

  const create = async (number: number) => {
    const state = { userName: `person${number}@${domain}`, title: "new", active: true };
    ledger.creating(state);
    const reply = note(await client("POST", "/Users", bodyOf(state)));
    if (!isDone(reply)) {
      if (isAnswer(reply)) ledger.users.delete(state.userName);
      return;
    }
    ledger.created(state, String(reply.body.id));
    idle.push(state);
  };

  const change = async (number: number) => {
    const before = takeOne(idle, random);
    if (!before) return create(number);
    const id = ledger.users.get(before.userName)?.id;
    const state = random() < 0.3 ? { ...before, active: !before.active } : { ...before, title: `title ${number}` };
    ledger.changing(state);
    const reply = note(await client("PUT", `/Users/${id}`, bodyOf(state)));
    if (isDone(reply)) ledger.changed(state);
    else if (isAnswer(reply)) ledger.refused(state);
    // What became of an unanswered write is not known: the next one sets title and state anew either way.
    idle.push(isDone(reply) ? state : before);
  };

  const join = async (number: number) => {
    const user = takeOne(idle, random);
    if (!user) return create(number);
    const id = String(ledger.users.get(user.userName)?.id);
    const isMember = !(ledger.members.get(id)?.acknowledged ?? false);
    ledger.joining(id, isMember);
    const operation = isMember
      ? { op: "add", path: "members", value: [{ value: id }] }
      : { op: "remove", path: `members[value eq "${id}"]` };
    const reply = note(
      await client("PATCH", `/Groups/${groupId}`, { schemas: [patchSchema], Operations: [operation] }),
    );
    if (isDone(reply)) ledger.joined(id, isMember);
    else if (isAnswer(reply)) ledger.notJoined(id, isMember);
    idle.push(user);
  };

  const running = new Set<Promise<unknown>>();
  const startedAt = performance.now();
  for (let number = 0; number < writes; number++) {
    const due = startedAt + (number * 1000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    const dice = random();
    const one = dice < 0.4 ? create(number) : dice < 0.8 ? change(number) : join(number);
    running.add(one);
    void one.finally(() => running.delete(one));
  }
  await Promise.all(running);
  return tally;
}

const bodyOf = ({ userName, title, active }: UserState) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName,
  name: { givenName: "Person", familyName: userName.split("@")[0] },
  emails: [{ value: userName, type: "work", primary: true }],
  title,
  active,
});

function takeOne(list: UserState[], random: () => number): UserState | undefined {
  return list.splice(Math.floor(random() * list.length), 1)[0];
}

/** Reads the whole directory page by page, and the members of the group. */
export async function readDirectory(client: ScimClient, groupId: string) {
  const found = new Map<string, UserState>();
  for (let startIndex = 1, total = 1; startIndex <= total; startIndex += 200) {
    const { body } = await client("GET", `/Users?startIndex=${startIndex}&count=200&attributes=userName,title,active`);
    total = Number(body.totalResults);
    for (const user of body.Resources as (UserState & { id: string })[]) {
      found.set(user.userName, { userName: user.userName, title: user.title, active: user.active });
    }
  }
  const { body } = await client("GET", `/Groups/${groupId}`);
  return { found, memberIds: new Set((body.members as { value: string }[] | undefined)?.map(({ value }) => value)) };
}
