import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { lab } from './lab-here.ts';

const results = ['--results', 'results'];
/** Clears the screen, by the sequence of 7-bit terminals and by that of 8-bit ones. */
const steering = '\u001b[2J\u009b2J';

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

it('prints nothing of a run folder that would steer the terminal', async () => {
  await using folder = await temporaryFolder();
  const { dir } = folder;
  await lab(dir, 'dummy', ...results);
  const [runId = ''] = await readdir(join(dir, 'results/dummy'));
  const clean = join(dir, 'results/dummy', runId);
  const hostile = join(dir, `results/evil${steering}`, runId.replace(/^20\d\d/, '2020'));
  await cp(clean, hostile, { recursive: true });
  const json = JSON.stringify(steering).slice(1, -1);
  await edit(join(hostile, 'manifest.json'), (text) =>
    text
      .replaceAll('this machine', `here${json}`)
      .replace('"arm": "tortoise"', `"arm": "tortoise${json}"`)
      .replace(
        '"cloud": null',
        `"cloud": {"request": {"target": null, "profile": null, "region": null, "role": null, "useAmbientCredentials": false}, "kind": "aws", "region": "r${json}", "priceRegion": "p${json}", "cpuShare": null}`,
      ),
  );
  await edit(join(hostile, 'checks.json'), (text) =>
    text
      .replace('"isValid": true', '"isValid": false')
      .replace(
        '"findings": [',
        `"findings": [{"checkId": "c${json}", "severity": "error", "arms": [], "seen": "s${json}", "remedy": "r"}${text.includes('"findings": []') ? '' : ','}`,
      )
      .replace(
        '"thresholds": [',
        `"thresholds": [{"text": "t${json}", "arm": "a${json}", "verdict": "kept", "value": 1}`,
      ),
  );
  await edit(join(hostile, 'summary.json'), (text) => text.replace('hare wins.', `hare${json} wins.`));
  const stranger = join(dir, `results/stranger${steering}`, runId.replace(/^20\d\d/, '2019'));
  await mkdir(stranger, { recursive: true });
  await cp(join(hostile, 'manifest.json'), join(stranger, 'manifest.json'));
  await edit(join(stranger, 'manifest.json'), (text) => text.replace('"id": "dummy"', `"id": "s${json}"`));
  await mkdir(join(dir, `results/empty${steering}`, runId.replace(/^20\d\d/, '2018')), { recursive: true });

  for (const [args, words] of [
    [['list'], 'hare'],
    [['show', hostile], 'not modelled'],
    [['show', stranger], 'no experiment called'],
    [['compare', hostile, runId], 'NOT VALID: the first run has errors'],
    [['report', hostile], 'Report: '],
    [['delete', hostile], 'for good?'],
    [['delete', hostile, '--yes'], 'expected results/dummy'],
    [['export', hostile, '--format', 'csv', '--to', `out${steering}.csv`], '24 samples'],
    [['dummy', '--resume', stranger], 'expected a run of dummy'],
  ] as const) {
    const { stdout, stderr } = await lab(dir, ...args, ...results);
    const said = stdout + stderr;
    expect(said, args[0]).toContain(words);
    expect(said.match(/[^\P{Cc}\n]/u), args[0]).toBeNull();
  }
});
