import { EventEmitter, once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export type Mail = { to: string[]; from: string; subject: string; text: string; html: string; links: string[] };
export type FakeMail = Awaited<ReturnType<typeof startFakeMail>>;

/** A mail server on loopback that keeps what it gets. */
export async function startFakeMail() {
  const mails: Mail[] = [];
  const arrivals = new EventEmitter().setMaxListeners(0);
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, session, done) => {
      simpleParser(stream).then(({ subject = "", text = "", html, from }) => {
        const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
        const links = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
        mails.push({ to, subject, text, html: html || "", from: from?.text ?? "", links });
        done();
        arrivals.emit("mail");
      }, done);
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const mailsTo = (address: string) => mails.filter(({ to }) => to.includes(address.toLowerCase()));

  return {
    /** For SMTP_URL. */
    url: `smtp://127.0.0.1:${port}`,
    mailsTo,
    /** The mail number `nth` to this address, as soon as it is there; how long to wait is the test's own time limit. */
    waitFor: async (address: string, nth = 1): Promise<Mail> => {
      for (;;) {
        const mail = mailsTo(address)[nth - 1];
        if (mail) return mail;
        await once(arrivals, "mail");
      }
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
