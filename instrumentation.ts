/** Next calls this once, before the server answers; a build calls it too. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { startProcess } = await import("lib/gates/start-process");
  startProcess();
}
