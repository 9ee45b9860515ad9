// pg-boss on PostgreSQL.   usage: PGURL=postgres://… node pg-boss.mjs [N]
import PgBoss from 'pg-boss';
import { measure, payload } from './workload.mjs';

const boss = new PgBoss({ connectionString: process.env.PGURL, max: 20 });
boss.on('error', console.error);
await boss.start();
const name = `messages-${Date.now()}`;
await boss.createQueue(name);

await measure('pg-boss', {
  add: () => boss.send(name, payload, { retryLimit: 3, retryBackoff: true }),
  addMany: jobs => boss.insert(jobs.map(data => ({ name, data }))),
  drain: async count => {
    for (let done = 0; done < count;) {
      const jobs = await boss.fetch(name, { batchSize: 1000 });
      await boss.complete(name, jobs.map(job => job.id));
      done += jobs.length;
    }
  },
});
