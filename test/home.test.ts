import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HomeOrder } from './fixtures/home/home.ts';
import { repositoryRoot } from './support/master.ts';
import { startInTerminal, type TerminalRun } from './support/terminal.ts';
import { makeWorkspace, type Workspace, writeImages } from './support/workspace.ts';

const script = join(repositoryRoot, 'test/fixtures/home/home.ts');
const small = { columns: 80, rows: 24 };
const large = { columns: 200, rows: 50 };
const keys = { down: '\u001b[B', enter: '\r', escape: '\u001b', ctrlC: '\u0003' };

const resultsOf = (workspace: Workspace) => join(workspace.dir, 'results');

function home(
  workspace: Workspace,
  size: typeof small,
  environment: Record<string, string> = {},
): TerminalRun {
  const order: HomeOrder = {
    resultsFolder: resultsOf(workspace),
    flags: { images: workspace.imagesDir, output: workspace.metricsDir, onPremOutput: workspace.outputDir },
  };
  return startInTerminal(workspace, [JSON.stringify(order)], size, environment, script);
}

const has =
  (...texts: readonly string[]) =>
  (lines: readonly string[]) =>
    texts.every((text) => lines.some((line) => line.includes(text)));

/** Opens the plan of the experiment that is so many lines below the first one, and runs it. */
async function run(screen: TerminalRun, linesDown: number, title: string): Promise<void> {
  await screen.shows(has('The main comparison, start to verdict', 'What shall be measured?'));
  screen.type(keys.down.repeat(linesDown));
  await screen.shows(has(`▸ [ ] ${title}`));
  screen.type(keys.enter);
  await screen.shows(has('The plan', `${title}: 24 units`));
  screen.type(keys.enter);
}

describe('the home screen', () => {
  it.each([small, large])(
    'shows what can be run, its plan, and leaves on q, at $columns x $rows',
    async (size) => {
      await using workspace = await makeWorkspace();
      await writeImages(workspace.imagesDir, 6);
      await using screen = home(workspace, size);
      const lines = await screen.shows(has('Tortoise and hare', 'No comparison yet'));
      expect(lines.find((line) => line.startsWith('▸'))).toContain('The main comparison, start to verdict');
      expect(lines.every((line) => line.length <= size.columns)).toBe(true);
      expect(lines.some((line) => /missing +broken/.test(line))).toBe(true);
      screen.type(keys.enter);
      await screen.shows(has('The plan', '6 from', 'modelled: $'));
      screen.type('q');
      expect(await screen.exited).toBe(0);
      expect(screen.isClean()).toBe(true);
    },
  );

  it('runs an experiment, shows its run with its charts, and deletes it after a question', async () => {
    await using workspace = await makeWorkspace();
    await using screen = home(workspace, large, { NO_COLOR: '1' });
    await run(screen, 1, 'Tortoise and hare');
    await screen.shows(has('What came of it', 'valid (exit code 0)', 'hare wins.'));
    screen.type(keys.enter);
    await screen.shows((lines) => lines.some((line) => /▸ .*hare +valid/.test(line)));
    screen.type('b');
    await screen.shows(has('Runs of: Tortoise and hare'));
    screen.type(keys.enter);
    await screen.shows(has('hare wins.', 'tortoise', '12', '┌'));
    screen.type('o');
    await screen.shows(has('eport'));
    screen.type('d');
    await screen.shows(has('Delete', 'y yes, delete it for good'));
    screen.type('n');
    await screen.shows((lines) => !has('y yes')(lines));
    expect(await readdir(join(resultsOf(workspace), 'dummy'))).toHaveLength(1);
    screen.type('d');
    await screen.shows(has('y yes, delete it for good'));
    screen.type('y');
    await screen.shows(has('What shall be measured?', 'Deleted'));
    expect(await readdir(join(resultsOf(workspace), 'dummy'))).toHaveLength(0);
    screen.type('q');
    expect(await screen.exited).toBe(0);
    expect(screen.colorCodes()).toBe(0);
    // What the run ended with stays in the scrollback.
    expect(screen.screen().join('\n')).toContain('hare wins.');
  });

  it('runs what is marked in sequence, although one fails, and ends with the worst exit code', async () => {
    await using workspace = await makeWorkspace();
    await using screen = home(workspace, large);
    await screen.shows(has('The main comparison, start to verdict', 'A race that is called off'));
    screen.type(`${keys.down}${keys.down} `);
    await screen.shows(has('[x] A race that is called off'));
    screen.type('k ');
    await screen.shows(has('[x] Tortoise and hare'));
    screen.type(keys.enter);
    await screen.shows(has('The plan: 2 runs'));
    screen.type(keys.enter);
    const ended = await screen.shows(has('What came of it', 'valid (exit code 0)', 'failed (exit code 1)'));
    expect(ended.indexOf('Tortoise and hare')).toBeLessThan(ended.indexOf('A race that is called off'));
    screen.type('q');
    expect(await screen.exited).toBe(1);
    expect(screen.isClean()).toBe(true);
    expect(screen.screen().join('\n')).toContain('2 of 2: A race that is called off');
    expect(screen.screen().join('\n')).toMatch(
      /valid +Tortoise and hare\n+failed +A race that is called off/,
    );
  });

  it('stops a run on Ctrl-C with exit code 130, and says how to go on with it', async () => {
    await using workspace = await makeWorkspace();
    await using screen = home(workspace, large);
    await run(screen, 3, 'A race without an end');
    await screen.shows(has('waiting for the stop', 'tortoise', '1/24'));
    screen.resize(80, 24);
    const resized = await screen.shows((lines) => has('q stop')(lines) && lines.length === 24);
    expect(resized.every((line) => line.length <= 80)).toBe(true);
    screen.type(keys.ctrlC);
    expect(await screen.exited).toBe(130);
    expect(screen.isClean()).toBe(true);
    expect(screen.screen().join('').replaceAll(/\s+/g, ' ')).toContain('npm run lab -- endless --resume');
  });

  it('shows a damaged run as such, and nothing in it can steer the terminal', async () => {
    await using workspace = await makeWorkspace();
    const folder = join(resultsOf(workspace), 'dummy', '20261121T063000.123Z');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'manifest.json'), '{"schemaVersion": "\u001b[2J\u0007"');
    await using screen = home(workspace, small);
    await screen.shows((lines) => lines.some((line) => /Tortoise and hare +unreadable/.test(line)));
    screen.type(`${keys.down}b`);
    await screen.shows(has('Runs of: Tortoise and hare', 'unreadable'));
    screen.type(keys.enter);
    await screen.shows((lines) => lines.join(' ').includes('cannot be read as JSON'));
    screen.type(keys.escape);
    await screen.shows(has('Runs of: Tortoise and hare'));
    screen.type('q');
    expect(await screen.exited).toBe(0);
  });
});
