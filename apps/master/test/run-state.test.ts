import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { newRunId, readRunState, writeRunState } from '../src/run-state.ts';
import { runState } from './run-states.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('run.json', () => {
  it('reads back what was written, and leaves no other file', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.dir, 'made/run.json');
    const state = runState({
      finishedStages: ['check', 'clean'],
      uploadStartedMs: 5,
      differentOutputs: ['1/a.jpg'],
      interruptedSides: ['cloud'],
    });
    await writeRunState(path, runState());
    await writeRunState(path, state);
    expect(await readRunState(path)).toEqual(state);
    expect(await readdir(join(folder.dir, 'made'))).toEqual(['run.json']);
  });

  it('is undefined where there is none', async () => {
    await using folder = await temporaryFolder();
    expect(await readRunState(join(folder.dir, 'run.json'))).toBeUndefined();
  });

  it.each([
    ['{"schemaVersion": 1, "runId"', 'it is not JSON'],
    ['{"name": "somebody else"}', 'name'],
    [JSON.stringify({ ...runState(), schemaVersion: 2 }), 'schemaVersion'],
    [JSON.stringify({ ...runState(), runId: '../../etc' }), 'runId'],
    [JSON.stringify({ ...runState(), surprise: true }), 'surprise'],
  ])('refuses %s and says why', async (text, why) => {
    await using folder = await temporaryFolder();
    const path = join(folder.dir, 'run.json');
    await writeFile(path, text);
    await expect(readRunState(path)).rejects.toThrow(UsageError);
    await expect(readRunState(path)).rejects.toThrow(why);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('has ids that sort by time and carry the prefix of the tool', () => {
    expect(newRunId(new Date('2026-11-21T06:30:00.123Z'))).toMatch(
      /^skyground-20261121T063000Z-[0-9a-f]{4}$/,
    );
  });
});
