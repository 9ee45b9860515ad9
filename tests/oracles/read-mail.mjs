// Reads mails with mailparser: one line of base64 in, one line of JSON out.
import readline from 'node:readline';
import { simpleParser } from 'mailparser';

const address = field => (field?.value ?? []).map(({ name, address }) => ({ name, address }));
const options = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };

for await (const line of readline.createInterface({ input: process.stdin })) {
  const mail = await simpleParser(Buffer.from(line, 'base64'), options);
  console.log(JSON.stringify({
    subject: mail.subject ?? '',
    from: address(mail.from), to: address(mail.to), cc: address(mail.cc), bcc: address(mail.bcc),
    replyTo: address(mail.replyTo), sender: address(mail.headers.get('sender')),
    date: mail.date?.toISOString() ?? null,
    messageId: mail.messageId ?? null, inReplyTo: mail.inReplyTo ?? null, references: [mail.references ?? []].flat(),
    text: mail.text ?? null, html: mail.html || null,
    headers: mail.headerLines.map(({ key, line }) => ({ key, line })),
    attachments: mail.attachments.map(({ filename, contentType, contentDisposition, cid, related, content }) =>
      ({ filename: filename ?? null, contentType, contentDisposition, cid: cid ?? null, related: related ?? false, content: content.toString('base64') })),
  }));
}
