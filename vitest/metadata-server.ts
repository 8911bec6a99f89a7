import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { makeCertificate, type TestCertificate } from "lib/protocol/saml/certificate-fixture";
import { writeIdpMetadata } from "lib/protocol/saml/idp-record";
import { changeSettings } from "./settings";

/** An identity provider's metadata at a real address on loopback, which the guarded fetch is allowed to reach. */
export async function startMetadataServer() {
  let answer: RequestListener = (_request, response) => response.writeHead(404).end();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  changeSettings({ OUTBOUND_ALLOW_HOSTS: [host] });
  return {
    host,
    url: `http://${host}/app/exk1/sso/saml/metadata`,
    asked,
    serve: (text: string) => {
      answer = (_request, response) => response.end(text);
    },
    respond: (listener: RequestListener) => {
      answer = listener;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
export type MetadataServer = Awaited<ReturnType<typeof startMetadataServer>>;

/** Okta's metadata as far as it matters. */
export const metadataOf = (
  certificates: TestCertificate[] = [makeCertificate()],
  facts: { entityId?: string; ssoUrl?: string } = {},
) =>
  writeIdpMetadata({
    entityId: facts.entityId ?? "http://www.okta.com/exk1",
    ssoUrl: facts.ssoUrl ?? "https://acme.okta.com/app/acme/exk1/sso/saml",
    certificates: certificates.map(({ pem }) => pem),
  });
