/** "1 group", "1,204 groups". */
export const counted = (count: number, noun: string): string =>
  `${new Intl.NumberFormat("en-GB").format(count)} ${noun}${count === 1 ? "" : "s"}`;

/** "your identity provider" at the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
