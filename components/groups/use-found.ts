"use client";
import { useRun } from "components/ui/action-runner";
import type { ActionResult } from "lib/scope/action-result";
import { useCallback, useEffect, useRef, useState } from "react";

/** How long a search waits for the next key. */
const pauseMs = 250;

/** What a search finds while somebody types: the first rows at once, then those of the latest words only. */
export function useFound<V>(find: (q: string) => Promise<ActionResult<V>>) {
  const run = useRun();
  const [found, setFound] = useState<V | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(find);
  latest.current = find;

  const look = useCallback(
    async (q: string) => {
      const question = ++asked.current;
      const result = await run(() => latest.current(q));
      if (question !== asked.current) return;
      setProblem(result.ok ? null : result.message);
      if (result.ok) setFound(result.value);
    },
    [run],
  );

  useEffect(() => {
    look("");
    return () => {
      clearTimeout(timer.current);
      asked.current++;
    };
  }, [look]);

  const search = useCallback(
    (q: string) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => look(q), pauseMs);
    },
    [look],
  );
  return { found, problem, search };
}
