import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFormats } from '@skyground/experiment';
import { expect, it } from 'vitest';
import { runCli } from '../cli-process.ts';
import { onlyDummy } from '../fixtures/dummy/listed.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { jsonLines, lab, labOf } from './lab-here.ts';

const results = ['--results', 'results'];

it('is a command of the tool, with the experiments of its list', async () => {
  await using folder = await temporaryFolder();
  expect(await runCli(folder.dir, 'lab', '--help')).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringContaining('Experiments: cloud-vs-onprem, '),
  });
});

it('says what there is, without running anything', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  expect((await lab(dir)).stdout).toContain('dummy: Tortoise and hare\n    Which animal is faster?');
  expect((await lab(dir, 'list', ...results)).stdout).toContain('No runs in results yet.');
  for (const flag of ['--help', '-h']) {
    const { exitCode, stdout } = await lab(dir, 'dummy', flag);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/--variant <fair\|cold hare> +Whether the hare/);
    expect(stdout).toMatch(/--is-tired +Let the hare/);
    expect(stdout).toContain('SKYGROUND_DUMMY_REPETITIONS');
    // It deploys nothing, so no target is asked for.
    expect(stdout).not.toContain('--profile');
  }
  const exportHelp = (await lab(dir, 'export', '--help')).stdout;
  for (const format of exportFormats) expect(exportHelp).toContain(format);
  expect(await readdir(dir)).toEqual([]);
});

const manyMistakes = ['--repetitions', '1.5', '--variant', 'wild', '--slow-down', '0', '--seed', 'x'];

it.each([
  [['rabbit'], ['no experiment and no command called "rabbit". Experiments: dummy.', '--help']],
  [['dummy', '--speed', '3'], ["unknown option '--speed'"]],
  [
    ['dummy', ...manyMistakes],
    [
      'expected a whole number above 0 up to 1000 for --repetitions but received "1.5"',
      'expected fair or cold hare for --variant but received "wild"',
      'expected a number above 0 for --slow-down but received "0"',
      'for --seed but received "x"',
    ],
  ],
  [['dummy', '--threshold', 'fast', ...results], ['The threshold "fast" is not understood']],
  [
    ['dummy', '--dry-run', '--threshold', 'wolf: p(99)<5'],
    ['The threshold "wolf: p(99)<5"', 'hare'],
  ],
  [['dummy', '--resume', '--repetitions', '3', ...results], ['but received --repetitions too']],
  [['dummy', '--resume', ...results], ['no unfinished run of dummy']],
  [['show', 'dummy', ...results], ['found none for "dummy"']],
  [['list', 'dummy'], ['too many arguments']],
  [
    ['export', 'dummy', '--format', 'parquet', ...results],
    ['csv or json or jtl or locust or excel', '"parquet"'],
  ],
])('refuses %j with exit code 2 and no stack', async (args, messages) => {
  await using folder = await temporaryFolder();
  const { exitCode, stdout, stderr } = await lab(folder.dir, ...args);
  const said = stdout + stderr;
  for (const message of messages) expect(said).toContain(message);
  expect(exitCode).toBe(2);
  expect(said).not.toMatch(/^\s+at /m);
  expect(existsSync(join(folder.dir, 'results/dummy'))).toBe(false);
});

it.each(['list', 'show x', 'compare x y', 'report x', 'export x --format csv', 'delete x', 'dummy'])(
  '%s: takes no empty text for a place: an unset shell variable would mean one that nobody chose',
  async (command) => {
    await using folder = await temporaryFolder();
    expect(await lab(folder.dir, ...command.split(' '), '--results', '')).toMatchObject({
      exitCode: 2,
      stderr: 'expected a folder for --results but received ""\n',
    });
  },
);

it('takes no empty text for a run, whatever lies where the person stands', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.dir, 'manifest.json'), '{"name": "some web page"}');
  expect(await lab(folder.dir, 'delete', '', '--yes', ...results)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('found none for ""'),
  });
});

it('plans without doing anything', async () => {
  await using folder = await temporaryFolder();
  const plan = await lab(folder.dir, 'dummy', '--dry-run', '--repetitions', '500', '--threshold', 'p(99)<5');
  expect(plan).toMatchObject({ exitCode: 0, stderr: '' });
  expect(plan.stdout).toContain('Tortoise and hare: 1000 units, about 30 s');
  expect(plan.stdout).toMatch(/hare +500 units/);
  // 500 requests at $0.20 a million; 500 times 40 ms of 1 GB at $0.0000166667 a GB-second.
  expect(plan.stdout).toMatch(
    /Cost on AWS, modelled: \$0\.000433 \(list prices of us-east-1, \d{4}-\d\d-\d\d;/,
  );
  expect(await readdir(folder.dir)).toEqual([]);
});

it('says of each parameter where it came from: flags win over the environment, which an empty variable is not', async () => {
  await using folder = await temporaryFolder();
  const environment = {
    SKYGROUND_DUMMY_REPETITIONS: '7',
    SKYGROUND_DUMMY_SLOW_DOWN: 'not looked at',
    SKYGROUND_DUMMY_VARIANT: '',
    SKYGROUND_DUMMY_IS_TIRED: 'true',
  };
  const flags = ['--slow-down', '2', '--no-is-tired', '--json'];
  const { stdout } = await labOf(onlyDummy, folder.dir, ['dummy', '--dry-run', ...flags], environment);
  expect(jsonLines(stdout)).toMatchObject([
    {
      type: 'plan',
      parameters: {
        repetitions: { value: 7, origin: 'environment' },
        slowDown: { value: 2, origin: 'flag' },
        variant: { value: 'fair', origin: 'default' },
        isTired: { value: false, origin: 'flag' },
      },
      arms: [
        { arm: 'tortoise', units: 7 },
        { arm: 'hare', units: 7 },
      ],
      bill: { kind: 'priced', listPrice: { modelled: true } },
    },
  ]);
  expect(
    await labOf(onlyDummy, folder.dir, ['dummy', '--dry-run'], { SKYGROUND_DUMMY_IS_TIRED: 'yes' }),
  ).toMatchObject({
    exitCode: 2,
    stderr: 'expected true or false for SKYGROUND_DUMMY_IS_TIRED but received "yes"\n',
  });
});
