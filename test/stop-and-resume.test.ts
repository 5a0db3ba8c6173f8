import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type JsonEvent, runFlags, startMaster } from './support/master.ts';
import { readRows, rowNames } from './support/rows.ts';
import { makeWorkspace, type Workspace, writeImages } from './support/workspace.ts';

const imageFinished = (side: 'on_prem' | 'cloud') => (event: JsonEvent) =>
  event.type === 'imageFinished' && event['side'] === side;

function resume(workspace: Workspace) {
  return startMaster(workspace, ['--resume', '--output', workspace.metricsDir]).finished();
}

async function expectComplete(
  workspace: Workspace,
  names: readonly string[],
  repetitions: number,
): Promise<void> {
  const rows = await readRows(workspace);
  const expected = names
    .flatMap((name) => Array.from({ length: repetitions }, (_, index) => `${index + 1}/${name}`))
    .sort();
  expect(rowNames(rows.onPrem)).toEqual(expected);
  expect(rowNames(rows.cloud)).toEqual(expected);
}

describe('stopping and resuming', () => {
  it('Ctrl-C on-prem: exit code 130, and --resume repeats no finished image', async () => {
    await using workspace = await makeWorkspace();
    const names = await writeImages(workspace.imagesDir, 10);
    await using run = startMaster(workspace, [...runFlags(workspace), '--repetitions', '8']);
    await run.event(imageFinished('on_prem'));
    run.child.kill('SIGINT');
    expect(await run.finished()).toMatchObject({ exitCode: 130 });
    const before = await readFile(join(workspace.metricsDir, 'local_metrics.csv'), 'utf8');

    const resumed = await resume(workspace);

    expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
    // What was written before the stop stands untouched at the head of the file: nothing was done twice.
    const afterwards = await readFile(join(workspace.metricsDir, 'local_metrics.csv'), 'utf8');
    expect(afterwards.startsWith(before)).toBe(true);
    await expectComplete(workspace, names, 8);
  });

  it('kill -9 of the embedded cloud in mid-run: the run fails, and --resume completes it', async () => {
    await using workspace = await makeWorkspace();
    const names = await writeImages(workspace.imagesDir, 12);
    await using run = startMaster(workspace, [...runFlags(workspace), '--repetitions', '5']);
    await run.event(imageFinished('cloud'));
    const lock = JSON.parse(await readFile(join(workspace.stateDir, 'lock'), 'utf8')) as { pid: number };
    process.kill(lock.pid, 'SIGKILL');
    expect(await run.finished()).toMatchObject({ exitCode: 1 });

    const resumed = await resume(workspace);

    // The killed environments make cold starts after the resume, so the comparison may rightly be called not valid.
    expect([0, 3]).toContain(resumed.exitCode);
    await expectComplete(workspace, names, 5);
  });

  it('kill -9 of an on-prem worker in mid-run: the image is tried again and no row is lost', async () => {
    await using workspace = await makeWorkspace();
    const names = await writeImages(workspace.imagesDir, 10);
    await using run = startMaster(workspace, [
      ...runFlags(workspace),
      '--repetitions',
      '20',
      '--skip',
      'deploy,upload,wait,merge,compare',
    ]);
    await run.event(imageFinished('on_prem'));
    const started = await run.event((event) => event.type === 'imageStarted');
    process.kill(Number(started['pid']), 'SIGKILL');
    expect(await run.finished()).toMatchObject({ exitCode: 0 });

    const rows = await readRows(workspace, ['onPrem']);
    expect(rows.onPrem).toHaveLength(names.length * 20);
    expect(rows.onPrem.every((row) => row.status === 'ok')).toBe(true);
  });

  it('refuses to resume with other flags, or where nothing was stopped', async () => {
    await using workspace = await makeWorkspace();
    const nothing = await resume(workspace);
    expect(nothing).toMatchObject({ exitCode: 2 });
    const other = await startMaster(workspace, [
      '--resume',
      '--output',
      workspace.metricsDir,
      '--workers',
      '1',
    ]).finished();
    expect(other).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--workers') });
  });
});
