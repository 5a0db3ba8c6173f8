import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { lab } from './lab-here.ts';

const url = ['--url', 'http://127.0.0.1:8080/a'];

it.each([
  ['jmeter', 'plan.jmx', 'rate(2/s) even_arrivals(180000 ms) rate(2/s)', 'jmeter -n -t plan.jmx -l out.jtl'],
  ['locust', 'locustfile.py', 'wait_time = constant_throughput', 'locust -f locustfile.py --headless'],
])('writes a plan for %s, and over nothing', async (tool, name, content, start) => {
  await using folder = await temporaryFolder();
  const args = ['load-plan', tool, ...url, '--rate', '2', '--duration', '180'];
  expect(await lab(folder.dir, ...args)).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringContaining(`Written: ${name}. Start it: ${start}`),
  });
  expect(await readFile(join(folder.dir, name), 'utf8')).toContain(content);
  expect(await lab(folder.dir, ...args)).toMatchObject({
    exitCode: 2,
    stderr: `${name} exists and is left alone: name another file with --to.\n`,
  });
});

it('says how to start a plan of any name', async () => {
  await using folder = await temporaryFolder();
  const args = ['load-plan', 'locust', ...url, '--users', '5', '--think', '0', '--to', 'my plan.py'];
  expect((await lab(folder.dir, ...args)).stdout).toBe(
    "Written: my plan.py. Start it: locust -f 'my plan.py' --headless --csv PREFIX --csv-full-history --users 5 --spawn-rate 1 --run-time 60s\n",
  );
  expect(await readFile(join(folder.dir, 'my plan.py'), 'utf8')).toContain('wait_time = constant(0)');
});

it.each([
  ['k6', [], ['expected jmeter or locust but received "k6"']],
  ['jmeter', url, ['either --rate', 'or --users']],
  ['jmeter', [...url, '--rate', '1', '--users', '1'], ['either --rate', 'or --users']],
  [
    'jmeter',
    ['--url', 'ftp://x', '--rate', 'fast', '--arrivals', 'late', '--duration', '', '--timeout', '-1'],
    [
      'expected a URL that begins with http:// or https:// for --url but received "ftp://x"',
      'expected a number above 0 for --rate but received "fast"',
      'expected even or poisson for --arrivals but received "late"',
      'expected a number above 0 for --duration but received ""',
      'expected a number above 0 for --timeout but received "-1"',
    ],
  ],
  ['locust', [...url, '--rate', '0'], ['expected a number above 0 for --rate but received "0"']],
  [
    'locust',
    [...url, '--users', '1.5', '--method', 'FETCH', '--seed', 'x'],
    ['whole number above 0 for --users but received "1.5"', 'for --method', 'whole number for --seed'],
  ],
  ['jmeter', [...url, '--rate', '1', '--think', '2'], ['--rate makes an open model, but received --think']],
  ['jmeter', [...url, '--users', '1', '--arrivals', 'even'], ['closed model, but received --arrivals']],
])('refuses a load for %s that cannot be: %j', async (tool, flags, messages) => {
  await using folder = await temporaryFolder();
  const refused = await lab(folder.dir, 'load-plan', tool, ...flags);
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  for (const message of messages) expect(refused.stderr).toContain(message);
  expect(await readdir(folder.dir)).toEqual([]);
});
