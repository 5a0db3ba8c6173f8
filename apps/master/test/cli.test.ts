import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { runCli as run, startCli } from './cli-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function withImage() {
  const folder = await temporaryFolder();
  await mkdir(join(folder.dir, 'images'));
  await writeFile(join(folder.dir, 'images/a.jpg'), 'not really');
  return folder;
}

const flags = ['--images', 'images', '--output', 'metrics', '--on-prem-output', 'out'];

describe('the command line', () => {
  it('explains itself', async () => {
    await using folder = await temporaryFolder();
    const help = await run(folder.dir, '--help');
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    for (const word of ['run', 'upload', 'merge', 'compare', 'clean', 'config', 'Exit codes'])
      expect(help.stdout).toContain(word);
    expect((await run(folder.dir, 'run', '--help')).stdout).toContain('--repetitions <n>');
  });

  it.each([
    [['--sky'], "unknown option '--sky'"],
    [['compare', '--workers', '2'], "unknown option '--workers'"],
    [['--workers', '0'], 'expected a whole number between 1 and 256 for --workers but received "0"'],
    [['--fit', 'wide'], 'expected fill or inside or cover for --fit but received "wide"'],
    [['--images', ''], '--images'],
    [
      ['--images', 'pictures', '--on-prem-output', 'pictures/out'],
      'expected folders apart for --on-prem-output and --images',
    ],
    [['config', 'hide'], 'expected "show"'],
    [['config', 'show', '--target', 'moon'], 'expected local, aws'],
    [['--dry-run', '--target', 'moon'], 'expected local, aws'],
    [['--dry-run', '--images', 'nowhere'], 'nowhere'],
  ])('refuses %j with exit code 2 and no stack', async (args, message) => {
    await using folder = await temporaryFolder();
    const refused = await run(folder.dir, ...args);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    expect(await readdir(folder.dir)).toEqual([]);
  });

  it.each([
    [[...flags, '--target', 'moon'], 2, 'expected local, aws'],
    [[...flags, '--target', 'http://127.0.0.1:1'], 2, 'cannot be reached'],
    [['--images', 'nowhere', '--output', 'metrics'], 2, 'nowhere could not be listed'],
    [['compare', '--output', 'metrics'], 1, 'there is none'],
  ] as const)('says in the log why %j cannot go on', async (args, exitCode, message) => {
    await using folder = await withImage();
    const failed = await run(folder.dir, ...args, '--json');
    expect(failed).toMatchObject({ exitCode, stderr: '' });
    const events: unknown[] = failed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({
      type: 'runFinished',
      exitCode,
      message: expect.stringContaining(message),
    });
  });

  it('says where settings come from', async () => {
    await using folder = await temporaryFolder();
    const { stdout, exitCode } = await run(
      folder.dir,
      'config',
      'show',
      '--origin',
      '--region',
      'eu-central-1',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^target +local +\(default\)$/m);
    expect(stdout).toMatch(/^region +eu-central-1 +\(flag --region\)$/m);
  });

  it('plans without doing anything', async () => {
    await using folder = await withImage();
    const plan = await run(
      folder.dir,
      ...flags,
      ...'--dry-run --repetitions 3 --workers 1 --concurrency 1'.split(' '),
    );
    expect(plan).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plan.stdout).toContain('1 from');
    expect(plan.stdout).toContain('modelled');
    // 8 s around it, and 3 x 0.4 s on each side.
    expect(plan.stdout).toContain('about 10 s for all stages, estimated');
    const { stdout } = await run(folder.dir, ...flags, '--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'plan',
      images: { count: 1, repetitions: 1 },
      cloud: { billed: false },
    });
    expect(await readdir(folder.dir)).toEqual(['images']);
  });

  it('refuses to delete the files of others where it cannot ask, and deletes nothing', async () => {
    await using folder = await withImage();
    await mkdir(join(folder.dir, 'out'));
    await writeFile(join(folder.dir, 'out/thesis.docx'), '');
    const refused = await run(folder.dir, ...flags, '--only', 'clean');
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: '',
      stdout: expect.stringContaining('thesis.docx'),
    });
    expect(await readdir(join(folder.dir, 'out'))).toEqual(['thesis.docx']);
    expect(await run(folder.dir, ...flags, '--only', 'clean', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(folder.dir, 'out'))).toEqual(['.skyground-output']);
  });

  it('stops cleanly when nobody reads any more', async () => {
    await using folder = await withImage();
    const child = startCli(folder.dir, [...flags, '--only', 'check,clean']);
    const stderr = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await once(child, 'exit');
    expect(child.exitCode).toBe(130);
    expect(await stderr).toBe('');
  });
});
