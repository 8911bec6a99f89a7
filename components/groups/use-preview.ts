"use client";
import { useRun } from "components/ui/action-runner";
import type { ActionResult } from "lib/scope/action-result";
import { useCallback, useRef, useState } from "react";

type Page<P> = { people: readonly P[]; next: string | null };

/** Reads what an order would do, page by page; of several questions only the latest one's answer counts. */
export function usePreview<I extends object, P, E extends Page<P>>(
  read: (input: I & { after?: string }) => Promise<ActionResult<E>>,
) {
  const run = useRun();
  const [effect, setEffect] = useState<E | null>(null);
  const [reading, setReading] = useState<"first" | "more" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const question = useRef<I | null>(null);

  const forget = useCallback(() => {
    question.current = null;
    setEffect(null);
    setReading(null);
    setProblem(null);
  }, []);

  /** `said`: why it is read again, kept beside the new answer. */
  async function look(input: I, said: string | null = null): Promise<E | null> {
    question.current = input;
    setEffect(null);
    setReading("first");
    setProblem(said);
    const result = await run(() => read(input));
    if (question.current !== input) return null;
    setReading(null);
    if (result.ok) setEffect(result.value);
    else setProblem(result.message);
    return result.ok ? result.value : null;
  }

  async function more() {
    const input = question.current;
    if (!input || !effect?.next || reading) return;
    const after = effect.next;
    setReading("more");
    const result = await run(() => read({ ...input, after }));
    if (question.current !== input) return;
    setReading(null);
    if (!result.ok) return setProblem(result.message);
    const { people, next } = result.value;
    setEffect({ ...effect, people: [...effect.people, ...people], next });
  }

  return { effect, reading, problem, setProblem, look, more, forget };
}
