import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locustLog, locustReportHtml, type SentSample, samplesToJtl, samplesToLocust } from '../src/index.ts';
import { sentSample } from './example-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Debian's Python, where apt-get install python3-pandas puts pandas. */
const python = '/usr/bin/python3';
const hasPandas = spawnSync(python, ['-c', 'import pandas']).status === 0;

/** Thirty requests in three seconds; every seventh failed. */
const samples: readonly SentSample[] = Array.from({ length: 30 }, (_, sequence) => {
  const sentAtMs = 1_700_000_000_000 + sequence * 100;
  const endedAtMs = sentAtMs + 20 + sequence / 8;
  const failed = { status: 'failed', error: 'HTTP status 500, "quoted"', responseCode: '500' } as const;
  return sentSample({
    sequence,
    dueAtMs: sentAtMs,
    sentAtMs,
    firstByteAtMs: sentAtMs + 10,
    endedAtMs,
    ...(sequence % 7 === 0 ? failed : {}),
  });
});

function run(notebook: string, path: string) {
  const { stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'notebooks', notebook), path], {
    encoding: 'utf8',
  });
  return { stdout, stderr };
}

test.skipIf(!hasPandas)(
  'a pandas notebook for Locust reads its files and ours, with the same types',
  async () => {
    const prefix = join(await temporaryFolder(), 'ours');
    const files = samplesToLocust(samples, { full: true, timesFrom: 'sent' });
    await writeFile(`${prefix}_stats.csv`, files.stats);
    await writeFile(`${prefix}_stats_history.csv`, files.statsHistory);
    await writeFile(`${prefix}_failures.csv`, files.failures);
    await writeFile(`${prefix}_exceptions.csv`, files.exceptions);
    const theirs = run('locust.py', join(import.meta.dirname, 'fixtures/locust-2.12.1/run'));
    expect(theirs).toEqual({ stdout: expect.stringContaining("('Requests/s', 'float64')"), stderr: '' });
    expect(run('locust.py', prefix)).toEqual(theirs);
  },
);

test.skipIf(!hasPandas)(
  'pandas reads Locust’s report and log, and ours, with the same columns and types',
  async () => {
    const folder = await temporaryFolder();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    const charts = { requestsPerSecond: svg, responseTimes: svg, users: svg };
    const users = samples.map((sample) => ({ ...sample, user: sample.sequence % 10 }));
    const model = {
      kind: 'closed',
      users: 10,
      spawnRatePerSecond: 10,
      thinkTime: { kind: 'constant', thinkMs: 900 },
      runTimeMs: 3000,
      seed: 1,
    } as const;
    await writeFile(
      join(folder, 'ours_report.html'),
      locustReportHtml(users, { host: 'http://127.0.0.1/', timesFrom: 'sent', charts }),
    );
    await writeFile(
      join(folder, 'ours_log.txt'),
      locustLog(users, { model, hostName: 'here', timesFrom: 'sent' }),
    );
    const theirs = run('locust_report.py', join(import.meta.dirname, 'fixtures/locust-2.12.1/run'));
    expect(theirs).toEqual({ stdout: expect.stringContaining('users 10\nexit code 1\n'), stderr: '' });
    expect(run('locust_report.py', join(folder, 'ours'))).toEqual(theirs);
  },
);

test.skipIf(!hasPandas)(
  'a pandas notebook for JMeter reads our JTL: 17 columns, numbers and booleans',
  async () => {
    const file = join(await temporaryFolder(), 'ours.jtl');
    await writeFile(file, samplesToJtl(samples, { url: 'http://127.0.0.1/', elapsedFrom: 'sent' }));
    const { stdout, stderr } = run('jtl.py', file);
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      "[('timeStamp', 'int64'), ('elapsed', 'int64'), ('label', 'object'), ('responseCode', 'int64'), ('responseMessage', 'object'), ('threadName', 'object'), ('dataType', 'object'), ('success', 'bool'), ('failureMessage', 'object'), ('bytes', 'int64'), ('sentBytes', 'int64'), ('grpThreads', 'int64'), ('allThreads', 'int64'), ('URL', 'object'), ('Latency', 'int64'), ('IdleTime', 'int64'), ('Connect', 'int64')]",
      "{'health': {'samples': 30, 'average': 21.867, 'p99': 24.0, 'errors': 0.167}}",
      '[10, 10, 10]',
      '',
    ]);
  },
);
