// graphile-worker on PostgreSQL, with the batching that its documentation advises.   usage: PGURL=postgres://… node graphile-worker.mjs [N]
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { measure, payload } from './workload.mjs';

const connectionString = process.env.PGURL;
const logger = new Logger(() => () => {});
const utils = await makeWorkerUtils({ connectionString, logger });
await utils.migrate();
const pool = new pg.Pool({ connectionString, max: 20 });
const text = JSON.stringify(payload);

await measure('graphile-worker', {
  add: () => pool.query('select graphile_worker.add_job($1, $2::json)', ['send', text]),
  addMany: jobs => utils.addJobs(jobs.map(job => ({ identifier: 'send', payload: job }))),
  drain: async count => {
    let done = 0;
    let resolve;
    const all = new Promise(r => { resolve = r; });
    const runner = await run({
      connectionString, concurrency: 24, maxPoolSize: 20, pollInterval: 100, noHandleSignals: true, logger,
      preset: { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: { send: async () => { if (++done === count) resolve(); } },
    });
    await all;
    await runner.stop(); // flushes what is done and not yet deleted
  },
});
