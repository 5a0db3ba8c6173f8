import { describe, expect, it } from 'vitest';
import { runFlags } from './support/master.ts';
import { startInTerminal } from './support/terminal.ts';
import { makeWorkspace, writeImages } from './support/workspace.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
] as const;

const has = (text: string) => (lines: string[]) => lines.some((line) => line.includes(text));

describe('the terminal UI', () => {
  it.each(sizes)(
    'shows stages, both sides and keys at $columns x $rows, and leaves the result behind',
    async (size) => {
      await using workspace = await makeWorkspace();
      await writeImages(workspace.imagesDir, 8);
      await using run = startInTerminal(workspace, runFlags(workspace), size);

      const lines = await run.shows((screen) =>
        ['cloud (local)', 'Compare and chart', '8 images', 'q stop'].every((text) => has(text)(screen)),
      );
      expect(lines[0]).toContain('Skyground');

      expect(await run.exited).toBe(0);
      expect(run.isClean()).toBe(true);
      const text = run.screen().join('\n');
      expect(text).toContain('index.html');
      expect(text).toContain('Compared.');
    },
  );

  it('opens help, resizes, and stops cleanly on q with exit code 130', async () => {
    await using workspace = await makeWorkspace();
    await writeImages(workspace.imagesDir, 10);
    await using run = startInTerminal(workspace, [...runFlags(workspace), '--repetitions', '200'], {
      columns: 100,
      rows: 30,
    });
    await run.shows(has('/2000 images'));
    run.type('?');
    await run.shows(has('stop cleanly'));
    run.type('?');
    run.resize(80, 24);
    const small = await run.shows((lines) => has('q stop')(lines) && !has('stop cleanly')(lines));
    expect(small.every((line) => line.length <= 80)).toBe(true);
    run.type('q');
    expect(await run.exited).toBe(130);
    expect(run.isClean()).toBe(true);
    expect(run.screen().join('\n')).toContain('--resume');
  });

  it('writes no colour when NO_COLOR is set', async () => {
    await using workspace = await makeWorkspace();
    await writeImages(workspace.imagesDir, 6);
    await using run = startInTerminal(
      workspace,
      [...runFlags(workspace), '--only', 'check,clean,on-prem'],
      sizes[0],
      { NO_COLOR: '1' },
    );
    expect(await run.exited).toBe(0);
    expect(run.colorCodes()).toBe(0);
  });
});
