import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LoadPlan, readSamples } from '../src/index.ts';
import { serve } from './scripted-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a load killed in its midst leaves whole rows of what it had done', async () => {
  const path = join(await temporaryFolder(), 'rows.csv');
  const { url } = await serve(() => undefined);
  const plan: LoadPlan = {
    name: 'test',
    model: {
      kind: 'open',
      stages: [{ durationMs: 600_000, startRatePerSecond: 200, endRatePerSecond: 200 }],
      arrivals: 'poisson',
      seed: 1,
      maxInFlight: 100,
    },
    target: { kind: 'http', url, method: 'GET', headers: {}, body: null, answerIdHeader: null },
    requestTimeoutMs: 10_000,
  };
  const script = `
    import { createSampleWriter, runLoad } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url))};
    const rows = await createSampleWriter(${JSON.stringify(path)});
    await runLoad(${JSON.stringify(plan)}, {
      onSamples: async (samples) => {
        await rows.append(samples);
        process.stdout.write('appended\\n');
      },
      onWarning: () => {},
      signal: new AbortController().signal,
    });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    await Promise.race([once(child.stdout, 'data'), ended]);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
  const samples = readSamples(await readFile(path, 'utf8'), path);
  expect(samples.length).toBeGreaterThan(0);
  expect(new Set(samples.map(({ sequence }) => sequence)).size).toBe(samples.length);
});
