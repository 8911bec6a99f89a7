import { writeFileSync } from "node:fs";
import { startControl } from "./control";
import { startFakeDns } from "./fake-dns";
import { startFakeMail } from "./fake-mail";
import { freePort } from "./free-port.mjs";
import { root, startProduct } from "./server";

/** What the workers need to know; they inherit it through the environment. */
export type Installation = {
  url: string;
  databaseUrl: string;
  controlUrl: string;
  /** Where a test may start a foreign identity provider whose metadata the product may fetch. One test at a time. */
  foreignIdpPort: number;
  env: Record<string, string>;
};

export const installationVariable = "GATEHOUSE_E2E";

/** One product with one database for the whole run, a resolver and a mail server of our own beside it. */
export default async function globalSetup() {
  const dns = await startFakeDns();
  const mail = await startFakeMail();
  const control = await startControl({ dns, mail });
  const stopFakes = () => Promise.all([control.stop(), dns.stop(), mail.stop()]);
  try {
    const foreignIdpPort = await freePort();
    const product = await startProduct({
      dnsServers: dns.address,
      smtpUrl: mail.url,
      allowHosts: [control.hostPort, `localhost:${foreignIdpPort}`],
    });
    const { url, databaseUrl, env } = product;
    const installation: Installation = { url, databaseUrl, controlUrl: control.url, foreignIdpPort, env };
    process.env[installationVariable] = JSON.stringify(installation);
    return async () => {
      await product.stop();
      writeFileSync(`${root}test-results/product.log`, product.log());
      await stopFakes();
      if (/unhandled rejection|uncaught exception/i.test(product.log())) {
        throw new Error(`The product reported a fault that nobody handled:\n${product.log()}`);
      }
    };
  } catch (error) {
    await stopFakes();
    throw error;
  }
}
