import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended, lineOf, startCli, startLab } from '../cli-process.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { lab } from './lab-here.ts';

const results = ['--results', 'results'];

/** Id and samples of the newest run of the dummy. */
async function newestRun(dir: string): Promise<{ readonly runId: string; readonly samples: string }> {
  const runId = (await readdir(join(dir, 'results/dummy'))).toSorted().at(-1) ?? '';
  return { runId, samples: await readFile(join(dir, 'results/dummy', runId, 'samples.csv'), 'utf8') };
}

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'goes on after %s, to the samples of a run in one go',
  async (signal) => {
    await using folder = await temporaryFolder();
    const { dir } = folder;
    const child = startLab(dir, ['dummy', '--pause-after', '3', '--seed', '5', ...results]);
    const rest = ended(child);
    await lineOf(child, /^> waiting to be stopped$/);
    child.kill(signal);
    const { exitCode, signal: endedBy, stdout } = await rest;
    const isKilled = signal === 'SIGKILL';
    expect([exitCode, endedBy]).toEqual(isKilled ? [null, signal] : [130, null]);
    const before = await newestRun(dir);
    if (!isKilled)
      expect(stdout).toContain(`npm run lab -- dummy --resume ${before.runId} --results results\n`);
    expect((await lab(dir, 'list', ...results)).stdout).toContain(isKilled ? '  killed' : '  stopped');
    const shown = await lab(dir, 'show', 'dummy', ...results);
    expect(shown).toMatchObject({ exitCode: 3 });
    expect(shown.stdout).toContain(`npm run lab -- dummy --resume ${before.runId} --results results\n`);
    expect(before.samples.trimEnd().split('\n')).toHaveLength(1 + 6);

    const resumed = await lab(dir, 'dummy', '--resume', ...results);

    expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(resumed.stdout).toMatch(/^Resuming dummy\/\S+: 24 units \(6 measured before\)/m);
    const after = await newestRun(dir);
    expect(after.runId).toBe(before.runId);
    expect(after.samples.startsWith(before.samples)).toBe(true);
    await lab(dir, 'dummy', '--seed', '5', ...results);
    expect((await newestRun(dir)).samples).toBe(after.samples);
  },
);

it('says how to go on with a run that was named by its path', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  const flags = ['dummy', '--pause-after', '1', '--results', 'else where'];
  const child = startLab(dir, flags);
  await lineOf(child, /^> waiting to be stopped$/);
  child.kill('SIGKILL');
  await once(child, 'close');
  const [runId = ''] = await readdir(join(dir, 'else where/dummy'));
  const { stdout } = await lab(dir, 'show', `else where/dummy/${runId}`);
  expect(stdout).toContain(`npm run lab -- dummy --resume 'else where/dummy/${runId}'\n`);
});

it('stops where nobody reads any more', async () => {
  await using folder = await temporaryFolder();
  const child = startCli(folder.dir, ['lab', 'recorded-load', '--json', ...results]);
  const stderr = new Promise<string>((resolve) => {
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    child.once('close', () => resolve(said));
  });
  await lineOf(child, /runStarted/);
  child.stdout.destroy();
  expect(await stderr).toBe('');
  expect(child.exitCode).toBe(130);
});
