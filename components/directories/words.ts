/** "1 group", "1,204 groups". */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${new Intl.NumberFormat("en-GB").format(count)} ${count === 1 ? noun : nouns}`;

/** "your identity provider" at the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
