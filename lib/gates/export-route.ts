import "server-only";
import { recordExport } from "lib/audit/record-export";
import { csvLine, csvStart } from "lib/base/csv";
import { log } from "lib/base/log";
import type { Action } from "lib/scope/permissions";
import { may, type OrgScope } from "lib/scope/scope";
import type { ZodType } from "zod";
import { signedIn } from "./page-scope";
import { plainPage } from "./plain-page";

type Row = Record<string, unknown>;

type ExportedList<Filter> = {
  action: Action;
  /** "SCIM log": for the event, and in kebab case for the file. */
  name: string;
  filter: ZodType<Filter>;
  columns: readonly string[];
  /** All pages of the filter, however many. */
  pages: (scope: OrgScope, filter: Filter) => AsyncIterable<Row[]>;
};

/**
 * A list as a file, in the filter of its own address and with `format` csv or ndjson: streamed page by page, so that no
 * size of it fills the memory, and told to the audit log when it ends or is broken off.
 */
export function exportRoute<Filter extends object>(
  list: ExportedList<Filter>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const found = await signedIn();
    if (!found || !may(found.scope, list.action)) {
      return plainPage(found ? 403 : 401, {
        title: "You cannot export this list",
        sentences: [found ? "Your role does not allow it." : "You were signed out."],
        links: [{ href: "/overview", text: "Go to overview" }],
      });
    }
    // The event must not be somebody else's doing: a link from another site starts no export.
    if (request.headers.get("sec-fetch-site") === "cross-site") {
      return plainPage(403, { title: "Export", sentences: ["Start the export from the list itself."] });
    }
    const { searchParams } = new URL(request.url);
    const format = searchParams.get("format") === "ndjson" ? "ndjson" : "csv";
    const asked = Object.fromEntries(
      [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
    );
    const { after: _after, before: _before, size: _size, ...filtering } = asked;
    const filter = list.filter.parse(filtering);
    const file = `${list.name.toLowerCase().replaceAll(" ", "-")}.${format}`;
    return new Response(fileOf(found.scope, list, { filter, format }), {
      headers: {
        "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
        "content-disposition": `attachment; filename="${file}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  };
}

type Asked<Filter> = { filter: Filter; format: "csv" | "ndjson" };

/** What the list is narrowed by, for the event: nothing else of an address gets there. */
const narrowedBy = (filter: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([name, value]) => name !== "size" && (Array.isArray(value) ? value.length > 0 : Boolean(value)),
    ),
  );

function fileOf<Filter extends object>(scope: OrgScope, list: ExportedList<Filter>, { filter, format }: Asked<Filter>) {
  const encoder = new TextEncoder();
  const pages = list.pages(scope, filter)[Symbol.asyncIterator]();
  const { columns } = list;
  let rows = 0;
  const line = (row: Row) =>
    format === "csv"
      ? csvLine(columns.map((name) => row[name]))
      : `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))}\n`;
  const ended = () => recordExport(scope, { list: list.name, format, filter: narrowedBy(filter), rows });
  const brokenOff = async () => {
    await ended().catch((error: Error) => log().warn({ error: error.message }, "an export's event was not written"));
  };
  const failed = async (error: unknown): Promise<never> => {
    // What left before is told too.
    await brokenOff();
    throw error;
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (format === "csv") controller.enqueue(encoder.encode(csvStart + csvLine(columns)));
    },
    async pull(controller) {
      const { done, value } = await pages.next().catch(failed);
      if (!done) {
        rows += value.length;
        return controller.enqueue(encoder.encode(value.map(line).join("")));
      }
      // Before the end of the file: whoever has it finds its event.
      await ended();
      controller.close();
    },
    cancel: brokenOff,
  });
}
