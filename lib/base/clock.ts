import "server-only";

/** The present time. Tests mock this module, nothing else reads the clock. */
export const now = () => new Date();

export const minutesAgo = (minutes: number) => new Date(now().getTime() - minutes * 60_000);
export const minutesFromNow = (minutes: number) => new Date(now().getTime() + minutes * 60_000);
