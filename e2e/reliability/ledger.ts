/** A user as the client wrote it. */
export type UserState = { userName: string; title: string; active: boolean };
/** What the server may hold: the last state it acknowledged, or one of those whose answer never came. */
type Entry = { id: string | null; acknowledged: UserState | null; possible: UserState[] };

export type Ledger = ReturnType<typeof openLedger>;

/**
 * Everything that was written: acknowledged writes must be there, unanswered ones may be there whole or not at all.
 * Each user and each membership has one writer at a time.
 */
export function openLedger() {
  const users = new Map<string, Entry>();
  const members = new Map<string, { acknowledged: boolean; possible: boolean[] }>();

  return {
    users,
    members,
    creating: (state: UserState) => users.set(state.userName, { id: null, acknowledged: null, possible: [state] }),
    created: (state: UserState, id: string) =>
      users.set(state.userName, { id, acknowledged: state, possible: [state] }),
    changing: (state: UserState) => users.get(state.userName)?.possible.push(state),
    changed: (state: UserState) => {
      const entry = users.get(state.userName);
      if (entry) users.set(state.userName, { ...entry, acknowledged: state, possible: [state] });
    },
    /** A refusal is an answer too: nothing was changed. */
    refused: (state: UserState) => {
      const entry = users.get(state.userName);
      entry?.possible.splice(entry.possible.lastIndexOf(state), 1);
    },
    joining: (id: string, isMember: boolean) => {
      const entry = members.get(id) ?? { acknowledged: false, possible: [false] };
      entry.possible.push(isMember);
      members.set(id, entry);
    },
    joined: (id: string, isMember: boolean) => members.set(id, { acknowledged: isMember, possible: [isMember] }),
    notJoined: (id: string, isMember: boolean) => {
      const entry = members.get(id);
      entry?.possible.splice(entry.possible.lastIndexOf(isMember), 1);
    },
  };
}

const same = (a: UserState, b: UserState) => a.userName === b.userName && a.title === b.title && a.active === b.active;

/** What the ledger says of the users and members that the server shows; every line of `faults` is a broken promise. */
export function compareLedger(ledger: Ledger, found: Map<string, UserState>, memberIds: Set<string>) {
  const faults: string[] = [];
  let acknowledged = 0;
  let unanswered = 0;
  for (const [userName, entry] of ledger.users) {
    const there = found.get(userName);
    if (entry.acknowledged) acknowledged++;
    else unanswered++;
    if (!there && entry.acknowledged) faults.push(`${userName} was acknowledged and is lost`);
    else if (there && !entry.possible.some((state) => same(state, there))) {
      faults.push(`${userName} is ${JSON.stringify(there)}, possible was ${JSON.stringify(entry.possible)}`);
    }
  }
  for (const userName of found.keys()) {
    if (!ledger.users.has(userName)) faults.push(`${userName} was never written`);
  }
  for (const [id, { possible }] of ledger.members) {
    if (!possible.includes(memberIds.has(id))) faults.push(`membership of ${id} is ${memberIds.has(id)}`);
  }
  return { faults, acknowledged, unanswered };
}
