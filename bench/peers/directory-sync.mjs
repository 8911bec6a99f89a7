// Jackson's directory sync behind a bare HTTP server: started by the bench with DATABASE_URL, says its port and token.
import { createServer } from "node:http";
import { controllers } from "@boxyhq/saml-jackson";

const { directorySyncController } = await controllers({
  externalUrl: "http://localhost",
  samlPath: "/acs",
  samlAudience: "http://localhost",
  noAnalytics: true,
  db: { engine: "sql", type: "postgres", url: process.env.DATABASE_URL },
});
const { data } = await directorySyncController.directories.create({
  name: "bench",
  tenant: "bench",
  product: "bench",
  type: "okta-scim-v2",
});
if (!data) throw new Error("Jackson made no directory.");

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const [, resourceType = "", resourceId] = pathname.split("/");
  const answer = await directorySyncController.requests.handle({
    method: request.method ?? "GET",
    body: text ? JSON.parse(text) : undefined,
    directoryId: data.id,
    resourceType: resourceType.toLowerCase(),
    resourceId,
    apiSecret: (request.headers.authorization ?? "").replace("Bearer ", ""),
    query: {
      count: Number(searchParams.get("count") ?? 100),
      startIndex: Number(searchParams.get("startIndex") ?? 1),
      filter: searchParams.get("filter") ?? undefined,
    },
  });
  response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.data ?? null));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ port, token: data.scim.secret })}\n`);
});
