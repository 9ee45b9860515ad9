// nodemailer's pool into an SMTP sink: multipart mails of a short text and about 8 KB of html, a subject beyond ASCII,
// 64 callers that each await one mail before the next. usage: node nodemailer.mjs PORT [N] [CONNECTIONS]
import { performance } from 'node:perf_hooks';
import nodemailer from 'nodemailer';

const [port, n = 5000, connections = 8] = process.argv.slice(2).map(Number);
const transport = nodemailer.createTransport({
  host: '127.0.0.1', port, pool: true, maxConnections: connections, maxMessages: Infinity, ignoreTLS: true,
});
const html = `<html><body>${'<p>Dzień dobry Anna, Twoja wizyta jest potwierdzona.</p>'.repeat(140)}</body></html>`;
let next = 0;

async function caller(until) {
  while (next < until) {
    await transport.sendMail({
      from: 'salon@example.com', to: `r${next++}@example.com`, subject: 'Potwierdzenie wizyty ✓', text: 'Dzień dobry', html,
    });
  }
}

async function send(count) {
  next = 0;
  await Promise.all(Array.from({ length: 64 }, () => caller(count)));
}

await send(Math.min(n, 500));
const start = performance.now();
await send(n);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ peer: 'nodemailer', n, connections, seconds, perSecond: Math.round(n / seconds) }));
transport.close();
