import { Resolver } from "node:dns/promises";
import { createTransport } from "nodemailer";
import { expect, test } from "vitest";
import { controlClient, startControl } from "./control";
import { startFakeDns } from "./fake-dns";
import { startFakeMail } from "./fake-mail";

test("workers reach the resolver, the mailbox and published documents through one address", async () => {
  const dns = await startFakeDns();
  const mail = await startFakeMail();
  const control = await startControl({ dns, mail });
  const client = controlClient(control.url);
  const transport = createTransport(mail.url);
  try {
    await client.dns.setTxt("_x.corp.example", ["one"]);
    const resolver = new Resolver();
    resolver.setServers([dns.address]);
    expect(await resolver.resolveTxt("_x.corp.example")).toEqual([["one"]]);
    await client.dns.clear("_x.corp.example");
    await expect(resolver.resolveTxt("_x.corp.example")).rejects.toMatchObject({ code: "ENOTFOUND" });

    const waiting = client.mailbox.waitFor("ada@corp.example");
    await transport.sendMail({ from: "a@b.example", to: "ada@corp.example", subject: "Hello", text: "x" });
    expect((await waiting).subject).toBe("Hello");
    expect(await client.mailbox.all("bob@corp.example")).toEqual([]);

    const address = await client.publish("metadata-1", "<EntityDescriptor/>");
    expect(new URL(address).host).toBe(control.hostPort);
    expect(await (await fetch(address)).text()).toBe("<EntityDescriptor/>");
    expect((await fetch(`${control.url}/documents/unknown`)).status).toBe(404);
  } finally {
    transport.close();
    await Promise.all([control.stop(), dns.stop(), mail.stop()]);
  }
});
