import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { locustfile, readLocustStats } from '@skyground/load';
import { output } from './output.ts';
import type { Tool } from './tool.ts';

/** Locust's statistics hold rounded times only (whole milliseconds here): each is written down as Locust measured it, too. */
const listener = `

from locust import events

times = open("times.csv", "w")


@events.request.add_listener
def keep(response_time, exception, **_):
    times.write(f"{response_time},{exception is not None}\\n")


@events.quitting.add_listener
def close(**_):
    times.close()
`;

/** Locust itself (Debian's python3-locust) with the locustfile that we generate, with the command in its head. */
export const locust: Tool = async ({ plan, folder, signal }) => {
  const text = locustfile(plan);
  await writeFile(join(folder, 'locustfile.py'), text + listener);
  const command = text.slice('# locust '.length, text.indexOf('\n')).replace('PREFIX', 'out');
  // It ends with 1 where a request failed, which is counted below.
  await output('locust', [...command.split(' '), '--only-summary'], {
    cwd: folder,
    signal,
    exitCodes: [0, 1],
  });
  const rows = (await readFile(join(folder, 'times.csv'), 'utf8')).trim().split('\n');
  const stats = readLocustStats(await readFile(join(folder, 'out_stats.csv'), 'utf8'), 'out_stats.csv').at(
    -1,
  );
  return {
    durationsMs: rows.map((row) => Number(row.split(',')[0])),
    failed: rows.filter((row) => row.endsWith(',True')).length,
    ownMedianMs: stats?.medianMs ?? null,
  };
};
