import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFormats } from '@skyground/experiment';
import { describe, expect, it } from 'vitest';
import { ended, lineOf, runCli, runLab, startLab } from './cli-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

const results = ['--results', 'results'];

/** Ids of the runs of the dummy, newest first. */
async function runIds(dir: string): Promise<string[]> {
  return (await readdir(join(dir, 'results/dummy'))).toSorted().reverse();
}

function samplesOf(dir: string, runId = ''): Promise<string> {
  return readFile(join(dir, 'results/dummy', runId, 'samples.csv'), 'utf8');
}

function events(stdout: string): { readonly type: string; readonly [field: string]: unknown }[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the laboratory', () => {
  it('says what there is, without running anything', async () => {
    await using folder = await temporaryFolder();
    expect((await runCli(folder.dir, '--help')).stdout).toContain('lab ');
    expect(await runCli(folder.dir, 'lab', '--help')).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('cloud-vs-onprem'),
    });
    expect((await runLab(folder.dir)).stdout).toContain(
      'dummy: Tortoise and hare\n    Which animal is faster?',
    );
    expect((await runLab(folder.dir, 'list', ...results)).stdout).toContain('No runs in results yet.');
    const help = (await runLab(folder.dir, 'dummy', '--help')).stdout;
    expect(help).toMatch(/--variant <fair\|cold hare> +Whether the hare/);
    expect(help).toMatch(/--is-tired +Let the hare/);
    expect(help).toContain('SKYGROUND_DUMMY_REPETITIONS');
    // It deploys nothing, so no target is asked for.
    expect(help).not.toContain('--profile');
    expect(await readdir(folder.dir)).toEqual([]);
  });

  it.each([
    [['rabbit'], ['no experiment and no command called "rabbit". Experiments: dummy.']],
    [['dummy', '--speed', '3'], ["unknown option '--speed'"]],
    [
      [
        'dummy',
        '--repetitions',
        '1.5',
        '--variant',
        'wild',
        '--slow-down',
        '0',
        '--seed',
        'x',
        '--results',
        '',
      ],
      [
        'expected a whole number above 0 up to 1000 for --repetitions but received "1.5"',
        'expected fair or cold hare for --variant but received "wild"',
        'expected a number above 0 for --slow-down but received "0"',
        'for --seed but received "x"',
        '--results',
      ],
    ],
    [['dummy', '--threshold', 'fast', ...results], ['The threshold "fast" is not understood']],
    [['dummy', '--resume', '--repetitions', '3', ...results], ['but received --repetitions too']],
    [['dummy', '--resume', ...results], ['no unfinished run of dummy']],
    [['show', 'dummy', ...results], ['found none for "dummy"']],
    [
      ['export', 'dummy', '--format', 'parquet', ...results],
      [exportFormats.join(' or '), '"parquet"'],
    ],
  ])('refuses %j with exit code 2 and no stack', async (args, messages) => {
    await using folder = await temporaryFolder();
    const { exitCode, stdout, stderr } = await runLab(folder.dir, ...args);
    const said = stdout + stderr;
    for (const message of messages) expect(said).toContain(message);
    expect(exitCode).toBe(2);
    expect(said).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder.dir, 'results/dummy'))).toBe(false);
  });

  it('plans without doing anything', async () => {
    await using folder = await temporaryFolder();
    const plan = await runLab(folder.dir, 'dummy', '--dry-run', '--repetitions', '500');
    expect(plan).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plan.stdout).toContain('Tortoise and hare: 1000 units, about 30 s');
    expect(plan.stdout).toMatch(/hare +500 units/);
    // 500 requests at $0.20 a million; 500 times 40 ms of 1 GB at $0.0000166667 a GB-second.
    expect(plan.stdout).toMatch(
      /Cost on AWS, modelled: \$0\.000433 \(list prices of us-east-1, \d{4}-\d\d-\d\d;/,
    );
    const child = startLab(folder.dir, ['dummy', '--dry-run', '--json'], {
      SKYGROUND_DUMMY_REPETITIONS: '7',
    });
    expect(events((await ended(child)).stdout)).toMatchObject([
      {
        type: 'plan',
        parameters: { repetitions: { value: 7, origin: 'environment' } },
        arms: [
          { arm: 'tortoise', units: 7 },
          { arm: 'hare', units: 7 },
        ],
        bill: { kind: 'priced', listPrice: { modelled: true } },
      },
    ]);
    expect(await readdir(folder.dir)).toEqual([]);
  });

  it('runs an experiment that nothing but the list names, and looks after what it measured', async () => {
    await using folder = await temporaryFolder();
    const { dir } = folder;
    const first = await runLab(dir, 'dummy', '--repetitions', '20', '--seed', '7', ...results);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    for (const words of [
      '> racing',
      '  40/40 measured',
      'hare wins.',
      'Cost on AWS, modelled: $',
      'Report: results/',
      '(exit code 0)',
    ])
      expect(first.stdout).toContain(words);
    const second = await runLab(
      dir,
      'dummy',
      '--slow-down',
      '1.5',
      '--repetitions',
      '20',
      '--seed',
      '7',
      ...results,
    );
    expect(second.exitCode).toBe(0);
    const [newer = '', older = ''] = await runIds(dir);

    // None of these changes anything, so they may run side by side.
    const [list, compared, asJson, newest, byPath] = await Promise.all([
      runLab(dir, 'list', '--json', ...results),
      runLab(dir, 'compare', older, `dummy/${newer}`, ...results),
      runLab(dir, 'compare', older, newer, '--json', ...results),
      runLab(dir, 'show', 'dummy', ...results),
      runLab(dir, 'show', join('results/dummy', older)),
    ]);
    expect(events(list.stdout)).toMatchObject([
      {
        type: 'list',
        experiments: [{ id: 'dummy', question: 'Which animal is faster?' }],
        runs: [
          {
            runId: newer,
            experimentId: 'dummy',
            status: 'finished',
            isValid: true,
            verdict: { headline: 'hare wins.' },
          },
          { runId: older, targetLabel: 'this machine' },
        ],
      },
    ]);

    expect(compared).toMatchObject({ exitCode: 0, stderr: '' });
    expect(compared.stdout).toMatch(/^hare +20 and 20 +1\.50x +1\.\d\d to 1\.\d\d +< 0\.001 +longer$/m);
    expect(compared.stdout).toContain('parameter slowDown: 1 -> 1.5');
    expect(compared.stdout).not.toContain('NOT VALID');
    expect(events(asJson.stdout)).toMatchObject([
      {
        type: 'comparison',
        first: { isValid: true },
        arms: [{ arm: 'tortoise', ratio: { ratio: expect.closeTo(1.5, 9) } }, { arm: 'hare' }],
      },
    ]);

    expect(newest.stdout).toMatch(/^hare +20 +20 +3\d\.\d ms +3\d\.\d ms +0 +0$/m);
    expect(byPath.stdout).toContain(`dummy/${older} on this machine: finished`);

    for (const name of ['checks.json', 'summary.json', 'bill.json', 'charts'])
      await rm(join(dir, 'results/dummy', older, name), { recursive: true });
    const derived = await runLab(dir, 'report', older, ...results);
    expect(derived).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('Report: results/dummy/'),
    });
    expect(await readdir(join(dir, 'results/dummy', older))).toEqual(
      await readdir(join(dir, 'results/dummy', newer)),
    );

    await Promise.all(
      exportFormats.map(async (format) => {
        const exported = await runLab(
          dir,
          'export',
          older,
          '--format',
          format,
          '--to',
          `out/${format}`,
          ...results,
        );
        expect(exported).toMatchObject({
          exitCode: 0,
          stderr: '',
          stdout: expect.stringMatching(/^40 samples: out\//),
        });
      }),
    );
    expect(await readFile(join(dir, 'out/csv'), 'utf8')).toBe(await samplesOf(dir, older));
    expect((await readdir(join(dir, 'out'))).toSorted()).toEqual(
      [
        'csv',
        'excel',
        'json',
        'jtl',
        ...['exceptions', 'failures', 'stats', 'stats_history'].map((name) => `locust_${name}.csv`),
      ].toSorted(),
    );

    expect(await runLab(dir, 'dummy', '--resume', older, ...results)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('nothing to resume'),
    });

    // Nobody can be asked here.
    expect(await runLab(dir, 'delete', older, ...results)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await runLab(dir, 'delete', older, '--yes', ...results)).toMatchObject({ exitCode: 0 });
    expect(await runIds(dir)).toEqual([newer]);
  });

  it('ends with 3 and a banner where the comparison is not valid, in every output', async () => {
    await using folder = await temporaryFolder();
    const { dir } = folder;
    const child = startLab(dir, ['dummy', ...results, '--json', '--threshold', 'p(99)<1'], {
      SKYGROUND_DUMMY_VARIANT: 'cold hare',
    });
    const run = await ended(child);
    // What is not valid can neither keep nor break a threshold.
    expect(run).toMatchObject({ exitCode: 3, stderr: '' });
    const seen = events(run.stdout);
    expect(seen.map(({ type }) => type)).toEqual([
      'runStarted',
      'progress',
      ...Array<string>(24).fill('sampleRecorded'),
      'derived',
      'runFinished',
    ]);
    expect(seen.at(-1)).toMatchObject({ outcome: { kind: 'not valid' } });
    const [shown, list, compared] = await Promise.all([
      runLab(dir, 'show', 'dummy', ...results),
      runLab(dir, 'list', ...results),
      runLab(dir, 'compare', 'dummy', 'dummy', ...results),
    ]);
    expect(shown).toMatchObject({ exitCode: 3 });
    expect(shown.stdout).toContain('NOT VALID: 1 error');
    expect(shown.stdout).toContain('error: cold-imbalance: ');
    expect(list.stdout).toContain('finished, NOT VALID');
    expect(compared).toMatchObject({ exitCode: 3 });
    expect(compared.stdout).toContain('NOT VALID: the first run has errors (cold-imbalance)');
    expect(await runLab(dir, 'report', 'dummy', ...results)).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('NOT VALID: 1 error'),
    });
  });

  it('ends with 99 where a threshold is not kept', async () => {
    await using folder = await temporaryFolder();
    const thresholds = ['--threshold', 'hare: p(99)<30', '--threshold', 'p(50)<30'];
    const run = await runLab(folder.dir, 'dummy', ...thresholds, ...results);
    expect(run).toMatchObject({ exitCode: 99, stderr: '' });
    expect(run.stdout).toMatch(/^threshold hare: p\(99\)<30, hare: kept \(2\d\.\d ms\)$/m);
    expect(run.stdout).toMatch(/^threshold p\(50\)<30, tortoise: BROKEN \(4\d\.\d ms\)$/m);
    expect(run.stdout).toContain('a threshold was not kept. (exit code 99)');
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'goes on after %s, to the samples of a run in one go',
    async (signal) => {
      await using folder = await temporaryFolder();
      const { dir } = folder;
      const child = startLab(dir, ['dummy', '--pause-after', '3', '--seed', '5', ...results]);
      await lineOf(child, /^> waiting to be stopped$/);
      child.kill(signal);
      await once(child, 'close');
      expect([child.exitCode, child.signalCode]).toEqual(signal === 'SIGKILL' ? [null, signal] : [130, null]);
      expect((await runLab(dir, 'list', ...results)).stdout).toContain(
        signal === 'SIGKILL' ? '  killed' : '  stopped',
      );
      const before = await samplesOf(dir, (await runIds(dir))[0]);
      expect(before.trimEnd().split('\n')).toHaveLength(1 + 6);

      const resumed = await runLab(dir, 'dummy', '--resume', ...results);

      expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(resumed.stdout).toMatch(/^Resuming dummy\/\S+: 24 units \(6 measured before\)/m);
      const [runId = ''] = await runIds(dir);
      const after = await samplesOf(dir, runId);
      expect(after.startsWith(before)).toBe(true);
      await runLab(dir, 'dummy', '--seed', '5', ...results);
      expect(await samplesOf(dir, (await runIds(dir))[0])).toBe(after);
    },
  );

  it('says how to go on where it was stopped, and leaves foreign files alone', async () => {
    await using folder = await temporaryFolder();
    const { dir } = folder;
    const child = startLab(dir, ['dummy', '--pause-after', '1', ...results]);
    const rest = ended(child);
    child.stdout.on('data', (data: Buffer) => {
      if (data.includes('> waiting to be stopped')) child.kill('SIGTERM');
    });
    const { exitCode, stdout } = await rest;
    expect(exitCode).toBe(130);
    const [runId = ''] = await runIds(dir);
    expect(stdout).toContain(`npm run lab -- dummy --resume ${runId} --results results`);
    await mkdir(join(dir, 'results/dummy', runId, 'charts'), { recursive: true });
    await writeFile(join(dir, 'results/dummy', runId, 'thesis.docx'), '');
    expect(await runLab(dir, 'delete', 'dummy', '--yes', ...results)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('thesis.docx'),
    });
  });

  it.each([
    ['jmeter', 'plan.jmx', 'rate(2/s) even_arrivals(180000 ms) rate(2/s)'],
    ['locust', 'locustfile.py', 'wait_time = constant_throughput'],
  ])('writes a plan for %s, and over nothing', async (tool, name, content) => {
    await using folder = await temporaryFolder();
    const args = ['load-plan', tool, '--url', 'http://127.0.0.1:8080/a', '--rate', '2', '--duration', '180'];
    expect(await runLab(folder.dir, ...args)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readFile(join(folder.dir, name), 'utf8')).toContain(content);
    expect(await runLab(folder.dir, ...args)).toMatchObject({
      exitCode: 2,
      stderr: `${name} exists and is left alone: name another file with --to.\n`,
    });
  });

  it('refuses a load that cannot be', async () => {
    await using folder = await temporaryFolder();
    const refused = await runLab(folder.dir, 'load-plan', 'jmeter', '--url', 'ftp://x', '--rate', 'fast');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    for (const place of ['target.url', 'startRatePerSecond']) expect(refused.stderr).toContain(place);
    expect(await readdir(folder.dir)).toEqual([]);
  });
});
