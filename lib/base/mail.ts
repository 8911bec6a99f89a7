import "server-only";
import { createTransport, type Transporter } from "nodemailer";
import { newId, seal, unseal } from "./crypto";
import { env } from "./env";
import { addJob, type Execute } from "./queue";

/** One mail: the subject is the fact, the text is paragraphs, at most one link. */
export type Mail = { to: string; subject: string; paragraphs: string[]; link?: { href: string; text: string } };

export const isMailConfigured = () => env().SMTP_URL !== "";

let transport: Transporter | undefined;

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim();

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Plain text and HTML of a mail, without images and with every value escaped. */
export function renderMail({ paragraphs, link }: Pick<Mail, "paragraphs" | "link">): { text: string; html: string } {
  const lines = paragraphs.map(oneLine);
  return {
    text: [...lines, ...(link ? [`${link.text}: ${link.href}`] : [])].join("\n\n"),
    html: [
      '<!doctype html><html lang="en"><body>',
      ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
      link ? `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>` : "",
      "</body></html>",
    ].join(""),
  };
}

/** Hands one mail to the SMTP server; rejects where it is not taken, so that the job is tried again. */
export async function sendMail(mail: Mail): Promise<void> {
  transport ??= createTransport(env().SMTP_URL, { connectionTimeout: 10_000, socketTimeout: 20_000 });
  await transport.sendMail({
    from: env().MAIL_FROM,
    to: { name: "", address: oneLine(mail.to) },
    subject: oneLine(mail.subject).slice(0, 200),
    ...renderMail(mail),
  });
}

/** Queues a mail in the write that causes it. The payload is sealed: it may hold a one-time link. */
export async function queueMail(tx: Execute, mail: Mail): Promise<void> {
  const id = newId();
  await addJob(tx, "send-mail", { id, sealed: seal(JSON.stringify(mail), `mail:${id}`) }, `mail:${id}`);
}

export const openMail = ({ id, sealed }: { id: string; sealed: string }) =>
  JSON.parse(unseal(sealed, `mail:${id}`)) as Mail;
