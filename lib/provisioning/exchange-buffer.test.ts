import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { makeDirectory, scimCallOf } from "vitest/scim-fixtures";
import { bufferExchange, flushExchanges } from "./exchange-buffer";
import { exchangeOf } from "./exchange-facts";

test("a flush ends when the rows of one that is under way are written too", async () => {
  const directory = await makeDirectory();
  const call = scimCallOf(directory, "GET", "/Users");
  bufferExchange(call.scope, exchangeOf(call, { status: 200, summary: "Listed users: 0 found" }));
  void flushExchanges();
  await flushExchanges();
  expect(await prisma().exchange.count({ where: { orgId: directory.org.id } })).toBe(1);
});
