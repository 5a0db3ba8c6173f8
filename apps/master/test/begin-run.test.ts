import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginRun, outcomeOf } from '../src/begin-run.ts';
import { StageError, UsageError } from '../src/errors.ts';
import { parseRunFlags } from '../src/options.ts';
import { type RunState, writeRunState } from '../src/run-state.ts';
import { runOptions, runState } from './run-states.ts';
import { temporaryFolder } from './temporary-folder.ts';

const now = new Date('2026-11-21T07:00:00.000Z');

async function workspace() {
  const folder = await temporaryFolder();
  const imagesDir = join(folder.dir, 'images');
  const metricsDir = join(folder.dir, 'metrics');
  await mkdir(imagesDir);
  await writeFile(join(imagesDir, 'a.jpg'), 'abc');
  const flags = { images: imagesDir, output: metricsDir, onPremOutput: join(folder.dir, 'out') };
  return {
    ...folder,
    imagesDir,
    metricsDir,
    begin: (more: Record<string, unknown> = {}) => beginRun(parseRunFlags({ ...flags, ...more }), now),
    /** As the person types it who wants something of the run that is there. */
    beginThere: (more: Record<string, unknown>) =>
      beginRun(parseRunFlags({ output: metricsDir, ...more }), now),
    leave: (change: Partial<RunState> = {}) =>
      writeRunState(
        join(metricsDir, 'run.json'),
        runState({ options: runOptions({ imagesDir, metricsDir, repetitions: 5 }), ...change }),
      ),
  };
}

describe('a new run', () => {
  it('freezes the images that are there', async () => {
    await using place = await workspace();
    await place.leave();
    const begun = await place.begin();
    expect(begun).toMatchObject({
      kind: 'new',
      isKept: true,
      state: { images: [{ name: 'a.jpg', sizeBytes: 3 }], finishedStages: [] },
    });
    expect(begun.state.runId).not.toBe(runState().runId);
  });

  it('needs a folder of images with one in it', async () => {
    await using place = await workspace();
    await rm(join(place.imagesDir, 'a.jpg'));
    await expect(place.begin()).rejects.toThrow(/at least one image in .*npm run images/);
    await rm(place.imagesDir, { recursive: true });
    await expect(place.begin()).rejects.toThrow(UsageError);
    // Nothing is measured, so no image is needed and no run is left behind.
    expect(await place.begin({ only: 'check,clean' })).toMatchObject({
      kind: 'new',
      isKept: false,
      images: [],
    });
  });

  it('cannot begin with a stage that reads what others made', async () => {
    await using place = await workspace();
    await expect(place.beginThere({ only: 'compare' })).rejects.toThrow(StageError);
    await expect(place.beginThere({ only: 'compare' })).rejects.toThrow('there is none');
  });
});

describe('single stages on the run that is there', () => {
  it('go on with the flags of that run', async () => {
    await using place = await workspace();
    await place.leave({ outcome: 'finished' });
    expect(await place.beginThere({ only: 'upload', wait: '7', seed: '9' })).toMatchObject({
      kind: 'continued',
      stages: ['upload'],
      state: {
        runId: runState().runId,
        options: { repetitions: 5, waitMs: 7000, seed: 9, stages: runOptions().stages },
      },
      images: [{ name: 'a.jpg', path: join(place.imagesDir, 'a.jpg') }],
    });
  });

  it('refuse flags that would mix two experiments', async () => {
    await using place = await workspace();
    await place.leave();
    await expect(place.beginThere({ only: 'on-prem', repetitions: '3' })).rejects.toThrow('--repetitions');
  });

  it('need the image files only where they read them', async () => {
    await using place = await workspace();
    await place.leave();
    await rm(place.imagesDir, { recursive: true });
    expect((await place.beginThere({ only: 'merge,compare' })).images).toMatchObject([{ name: 'a.jpg' }]);
    await expect(place.beginThere({ only: 'upload' })).rejects.toThrow(UsageError);
  });
});

describe('--resume', () => {
  it('goes on with the stages that are left, wherever the folder is now', async () => {
    await using place = await workspace();
    await place.leave({
      outcome: 'stopped',
      finishedStages: ['check', 'clean'],
      options: runOptions({ imagesDir: place.imagesDir }),
    });
    expect(await place.beginThere({ resume: true })).toMatchObject({
      kind: 'resumed',
      stages: runOptions().stages,
      state: { options: { metricsDir: place.metricsDir }, outcome: 'running', interruptedSides: [] },
    });
  });

  it('remembers which side was stopped while it worked', async () => {
    await using place = await workspace();
    await place.leave({ outcome: 'stopped', finishedStages: ['check', 'clean'] });
    await writeFile(join(place.metricsDir, 'local_metrics.csv'), '');
    expect((await place.beginThere({ resume: true })).state.interruptedSides).toEqual(['on_prem']);
    await place.leave({
      outcome: 'failed',
      finishedStages: ['check', 'clean', 'on-prem', 'deploy'],
      uploadStartedMs: 1,
    });
    expect((await place.beginThere({ resume: true })).state.interruptedSides).toEqual(['cloud']);
  });

  it('refuses where nothing was stopped, the run is finished, or the images changed', async () => {
    await using place = await workspace();
    await expect(place.beginThere({ resume: true })).rejects.toThrow('There is no run to resume');
    await place.leave({ outcome: 'finished' });
    await expect(place.beginThere({ resume: true })).rejects.toThrow('is finished');
    await place.leave({ outcome: 'stopped' });
    await writeFile(join(place.imagesDir, 'a.jpg'), 'abcd');
    await expect(place.beginThere({ resume: true })).rejects.toThrow('a.jpg changed');
  });
});

it('a run is finished when all of its own stages are', () => {
  expect(outcomeOf(runState({ finishedStages: ['merge'] }))).toBe('stopped');
  expect(
    outcomeOf(
      runState({ options: runOptions({ stages: ['check', 'merge'] }), finishedStages: ['merge', 'check'] }),
    ),
  ).toBe('finished');
});
