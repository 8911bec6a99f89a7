import { z } from "zod";

/** One line that somebody types: trimmed, without control characters, which no line holds and PostgreSQL in part cannot keep. */
export const typedText = z
  .string()
  .trim()
  .refine((text) => !/\p{Cc}/u.test(text), "This contains a character that cannot be typed");
