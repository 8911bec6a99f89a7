import "server-only";

/** Policy defaults (behaviours.md V-14): how long a session lives, and how long it may lie unused. */
export const sessionMinutes = 480;
export const idleMinutes = 60;
