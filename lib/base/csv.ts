import "server-only";

/**
 * Blanks, then what a spreadsheet would take for the beginning of a formula, also in full width: at the beginning of a
 * cell, and behind a semicolon, where many countries' spreadsheets begin another one, quotes or not.
 */
const formula = /(?<=^|;)(?=[ \u00a0\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n])/g;

const cell = (value: unknown): string => {
  const text = value === null || value === undefined ? "" : value instanceof Date ? value.toISOString() : String(value);
  return `"${text.replace(formula, "'").replaceAll('"', '""')}"`;
};

/** So that a spreadsheet reads UTF-8. */
export const csvStart = "\ufeff";

/** One line of a CSV file: every cell quoted, none a formula. */
export const csvLine = (values: readonly unknown[]): string => `${values.map(cell).join(",")}\r\n`;
