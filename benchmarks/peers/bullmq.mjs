// BullMQ on Redis.   usage: REDIS_PORT=6379 node bullmq.mjs [N]
import { Queue, Worker } from 'bullmq';
import { measure, payload } from './workload.mjs';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT ?? 6379) };
const queue = new Queue(`messages-${Date.now()}`, {
  connection, defaultJobOptions: { removeOnComplete: true, attempts: 3, backoff: { type: 'exponential', delay: 5000 } },
});

await measure('bullmq', {
  add: () => queue.add('send', payload),
  addMany: jobs => queue.addBulk(jobs.map(data => ({ name: 'send', data }))),
  drain: count => new Promise(resolve => {
    let done = 0;
    const worker = new Worker(queue.name, async () => {}, { connection, concurrency: 200 });
    worker.on('completed', () => { if (++done === count) worker.close().then(resolve); });
  }),
});
