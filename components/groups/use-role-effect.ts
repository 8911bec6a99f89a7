"use client";
import { useRun } from "components/ui/action-runner";
import type { GivenRole, PreviewRole } from "lib/groups/schema";
import type { ActionResult } from "lib/scope/action-result";
import { useCallback, useRef, useState } from "react";
import type { RoleEffectView } from "./role-effect";

export type PreviewRoles = (input: PreviewRole) => Promise<ActionResult<RoleEffectView>>;

/** Reads whose role would change; of several questions only the latest one's answer counts. */
export function useRoleEffect(preview: PreviewRoles) {
  const run = useRun();
  const [effect, setEffect] = useState<RoleEffectView | null>(null);
  const [reading, setReading] = useState<"first" | "more" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);

  const forget = useCallback(() => {
    asked.current++;
    setEffect(null);
    setReading(null);
    setProblem(null);
  }, []);

  /** `said`: why it is read again, kept beside the new answer. */
  async function look(groupId: string, role: GivenRole | null, said: string | null = null) {
    const question = ++asked.current;
    setEffect(null);
    setReading("first");
    setProblem(said);
    const result = await run(() => preview({ groupId, role }));
    if (question !== asked.current) return null;
    setReading(null);
    if (!result.ok) {
      setProblem(result.message);
      return null;
    }
    setEffect(result.value);
    return result.value;
  }

  async function more(groupId: string, role: GivenRole | null) {
    if (!effect?.next || reading) return;
    const question = asked.current;
    setReading("more");
    const result = await run(() => preview({ groupId, role, after: effect.next ?? undefined }));
    if (question !== asked.current) return;
    setReading(null);
    if (!result.ok) return setProblem(result.message);
    const { people, next } = result.value;
    setEffect({ ...effect, people: [...effect.people, ...people], next });
  }

  return { effect, reading, problem, setProblem, look, more, forget };
}
