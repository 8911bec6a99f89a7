import { AppError } from "lib/base/errors";
import { expect, test } from "vitest";
import { refusalOf } from "./refusal-of";

const facts = { reference: "GH-TEST", clientAddress: null, userAgent: "Microsoft" };

test("a commit that broke off is not said to have changed nothing", () => {
  const sentence = (error: unknown) => refusalOf(error, facts).answer;
  const inDoubt = sentence(new AppError("unavailable", { retryAfter: 30, inDoubt: true }));
  expect(inDoubt.status).toBe(503);
  expect(JSON.stringify(inDoubt.body)).toContain("as a whole or not at all");
  expect(JSON.stringify(inDoubt.body)).not.toContain("changed nothing");
  expect(JSON.stringify(sentence(new AppError("unavailable")).body)).toContain("changed nothing");
});

// Seen under `npm run reliability -- R-05`: a pooled client whose server had been killed.
test("a client of the pool that lost its server is an outage, no fault of ours", () => {
  const { answer, headers } = refusalOf(
    new Error("Client has encountered a connection error and is not queryable"),
    facts,
  );
  expect(answer.status).toBe(503);
  expect(headers["retry-after"]).toBe("30");
});
