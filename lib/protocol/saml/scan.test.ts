import { expect, test } from "vitest";
import { responseLimits, type ScanLimits, scanXml } from "./scan";

const scan = (text: string, limits: Partial<ScanLimits> = {}) => scanXml(text, { ...responseLimits, ...limits });

test.each([
  ["an element", "<a/>"],
  ["a declaration", '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<a></a>'],
  ["lower case and apostrophes in the declaration", "<?xml version='1.0' encoding='utf-8'?><a/>"],
  ["blanks around", " \n<a />\n "],
  ["blanks where tags allow them", "<a\n b = \"1\"\tc='2' ><d ></d ></a >"],
  ["> in text and in a value", '<a b=">">></a>'],
  ["quotation marks within the other kind", `<a b='"' c="'"/>`],
  ["the five entities and numbers", '<a b="&quot;&#x20;&apos;">&amp;&lt;&gt;&#10;&#x1F600;&#xFFFD;</a>'],
  ["an empty value and a colon", '<a:b xmlns:a="urn:a" a:c=""/>'],
  ["foreign letters and C1 controls", "<ä>Ã\u0085 𝔸\u2028\ufffd</ä>"],
])("%s passes", (_name, text) => expect(scan(text)).toBeNull());

test.each([
  ["a DOCTYPE", "<a>\n<!DOCTYPE a></a>", "forbidden", "DOCTYPE", 2],
  ["a DOCTYPE in lower case", "<!doctype html><a/>", "forbidden", "DOCTYPE", 1],
  ["an ENTITY", '<!ENTITY a "b"><a/>', "forbidden", "markup declaration", 1],
  ["a comment", "<a>x<!-- -->y</a>", "forbidden", "comment", 1],
  ["CDATA", "<a><![CDATA[x]]></a>", "forbidden", "CDATA", 1],
  ["a processing instruction", "<a><?b c?></a>", "forbidden", "processing instruction", 1],
  ["a declaration after a blank", ' <?xml version="1.0"?><a/>', "forbidden", "processing instruction", 1],
  ["a second declaration", '<?xml version="1.0"?><?xml version="1.0"?><a/>', "forbidden", "processing instruction", 1],
  ["another encoding", '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', "declaration", "encoding ISO-8859-1", 1],
  ["XML 1.1", '<?xml version="1.1"?><a/>', "invalid", "the XML declaration", 1],
  ["a byte order mark", "\ufeff<a/>", "character", "byte order mark", 1],
  ["a NUL", "<a>\n\u0000</a>", "character", "character U+0000", 2],
  ["an escape character", "<a>\u001b</a>", "character", "character U+001B", 1],
  ["a noncharacter", "<a>\uffff</a>", "character", "character U+FFFF", 1],
  ["an unknown entity", "<a>&nbsp;</a>", "entity", "entity reference", 1],
  ["a stray ampersand", "<a>b & c</a>", "entity", "entity reference", 1],
  ["a stray ampersand in a value", '<a b="x&y"/>', "entity", "entity reference", 1],
  ["an ampersand outside", "<a/>&amp", "entity", "entity reference", 1],
  ["a number for NUL", "<a>&#0;</a>", "entity", "entity reference", 1],
  ["a number for a surrogate", "<a>&#xD800;</a>", "entity", "entity reference", 1],
  ["a number beyond Unicode", "<a>&#x110000;</a>", "entity", "entity reference", 1],
  ["a number without end", "<a>&#10</a>", "entity", "entity reference", 1],
  ["a number that hides another", "<a>&#xfffffffff3c;</a>", "entity", "entity reference", 1],
  ["an attribute twice without a blank", '<a b="1"c="2"/>', "invalid", "a tag", 1],
  ["a value without quotation marks", "<a b=1/>", "invalid", "an attribute", 1],
  ["an attribute without value", "<a b/>", "invalid", "an attribute", 1],
  ["a value without end", '<a b="1/>', "invalid", "an attribute without end", 1],
  ["< in a value", '<a b="<c/>"/>', "invalid", "an attribute", 1],
  ["a tag without end", `<a b="1"`, "invalid", "a tag", 1],
  ["a tag without name", "< a/>", "invalid", "a name", 1],
  ["an end tag too many", "<a/>\n</a>", "invalid", "an end tag", 2],
  ["an end tag of another", "<a><b></a></b>", "invalid", "an end tag", 1],
  ["an end tag with attribute", '<a></a b="1">', "invalid", "an end tag", 1],
  ["a missing end", "<a>\n<b/>", "invalid", "the end is missing", 2],
])("%s is refused", (_name, text, kind, what, line) => expect(scan(text)).toMatchObject({ kind, what, line }));

test("comments, CDATA and instructions pass where a person may have written them, DOCTYPE does not", () => {
  expect(scan("<?b c?><a><!-- <b> & --><![CDATA[<b> &]]></a>", { comments: true })).toBeNull();
  expect(scan("<a><!-- b</a>", { comments: true })).toMatchObject({ kind: "invalid", what: "a comment without end" });
  expect(scan("<!DOCTYPE a><a/>", { comments: true })).toMatchObject({ kind: "forbidden" });
});

const attributes = (count: number) => Array.from({ length: count }, (_one, at) => ` a${at}="1"`).join("");
const namespaces = (count: number, from = 0) =>
  Array.from({ length: count }, (_one, at) => ` xmlns:n${from + at}="urn:n"`).join("");

test.each([
  ["64 attributes", `<a${attributes(64)}/>`, null],
  ["65 attributes", `<a${attributes(65)}/>`, "over 64 attributes"],
  ["64 attributes and a declaration", `<a${attributes(64)} xmlns="urn:a"/>`, "over 64 attributes"],
  ["depth 64", "<a>".repeat(64) + "</a>".repeat(64), null],
  ["depth 65", "<a>".repeat(65) + "</a>".repeat(65), "depth over 64"],
  ["depth 65 at an empty element", `${"<a>".repeat(64)}<a/>${"</a>".repeat(64)}`, "depth over 64"],
  ["5,000 elements", `<a>${"<b/>".repeat(4_999)}</a>`, null],
  ["5,001 elements", `<a>${"<b/>".repeat(5_000)}</a>`, "over 5000 elements"],
  ["128 namespaces in scope", `<a${namespaces(64)}><a${namespaces(64, 64)}/></a>`, null],
  [
    "129 namespaces in scope",
    `<a${namespaces(64)}><a${namespaces(64)}><a xmlns="urn:a"/></a></a>`,
    "over 128 namespaces",
  ],
  ["declarations side by side", `<a>${`<b${namespaces(60)}/>`.repeat(9)}</a>`, null],
])("%s: %j is decided by count", (_name, text, what) => expect(scan(text)?.what ?? null).toBe(what));

// Each flood is as large as a body may be; a pass with backtracking would take seconds, so the bound is generous.
test.each([
  ["attributes", `<a${attributes(50_000)}/>`],
  ["declarations", `<a${namespaces(2_000)}/>`],
  ["elements", `<a>${"<b/>".repeat(60_000)}</a>`],
  ["depth", "<a>".repeat(80_000)],
  ["entities", `<a>${"&amp;".repeat(50_000)}&</a>`],
  ["quotation marks", `<a b="${"'".repeat(250_000)}`],
  ["less-than signs", "<".repeat(250_000)],
  ["one long name", `<${"a".repeat(250_000)}`],
  ["blanks", `<a${" ".repeat(250_000)}`],
])("a flood of %s is refused within 200 ms", (_name, text) => {
  const start = performance.now();
  expect(scan(text)).not.toBeNull();
  expect(performance.now() - start).toBeLessThan(200);
});
