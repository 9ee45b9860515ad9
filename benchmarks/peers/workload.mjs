// What every queue is given: jobs of about 500 bytes, from 64 callers that each await one before the next, then in bulk; then all are drained.
import { performance } from 'node:perf_hooks';

export const payload = { to: '+48500100200', tenant: 'salon_123', template: 'booking_confirmed', text: 'x'.repeat(420) };

const callers = 64;
const bulk = 1000;

async function rate(count, work) {
  const start = performance.now();
  await work();
  return Math.round(count / ((performance.now() - start) / 1000));
}

async function fromCallers(count, add) {
  let left = count;
  await Promise.all(Array.from({ length: callers }, async () => {
    while (left-- > 0) await add();
  }));
}

async function inBulk(count, addMany) {
  const jobs = Array.from({ length: bulk }, () => payload);
  for (let done = 0; done < count; done += bulk) await addMany(jobs);
}

/** Measures a queue of `{ add, addMany, drain, close }`; `drain(count)` ends when so many jobs are done and gone. */
export async function measure(peer, queue) {
  const n = Number(process.argv[2] ?? 20_000);
  const all = Number(process.argv[3] ?? 8 * n); // in bulk and drained, which is faster: more of them, so that each part lasts some seconds
  await fromCallers(1000, queue.add);
  await queue.drain(1000);
  const enqueue = await rate(n, () => fromCallers(n, queue.add));
  const many = Math.ceil((all - n) / bulk) * bulk;
  const enqueueBulk = await rate(many, () => inBulk(many, queue.addMany));
  const drain = await rate(n + many, () => queue.drain(n + many));
  console.log(JSON.stringify({ peer, n, enqueue, enqueueBulk, drain }));
  process.exit(0);
}
