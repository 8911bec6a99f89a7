/** A value as it stands in an attribute or a text: nothing in it can become markup or a folded line. */
export const escapeXml = (value: string) => value.replace(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? "");

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
