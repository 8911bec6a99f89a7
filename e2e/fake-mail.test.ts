import { createTransport } from "nodemailer";
import { expect, test } from "vitest";
import { startFakeMail } from "./fake-mail";

test("a mail is handed over when it arrives, with its links, to each of its recipients", async () => {
  const mail = await startFakeMail();
  const transport = createTransport(mail.url);
  try {
    const waiting = mail.waitFor("Ada@corp.example");
    await transport.sendMail({
      from: "Gatehouse <gatehouse@corp.example>",
      to: ["ada@corp.example", "bob@corp.example"],
      subject: "Invitation to Acmé",
      text: "Open http://localhost:3000/invite/abc_-9 now",
    });
    expect(await waiting).toMatchObject({
      from: expect.stringContaining("gatehouse@corp.example"),
      subject: "Invitation to Acmé",
      links: ["http://localhost:3000/invite/abc_-9"],
    });
    expect(mail.mailsTo("bob@corp.example")).toHaveLength(1);
    expect(mail.mailsTo("eve@corp.example")).toHaveLength(0);
    await transport.sendMail({ from: "a@b.example", to: "ada@corp.example", subject: "Second", text: "" });
    expect((await mail.waitFor("ada@corp.example", 2)).subject).toBe("Second");
  } finally {
    transport.close();
    await mail.stop();
  }
});
