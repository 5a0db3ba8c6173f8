// On-prem against plain sharp, Pillow, vipsthumbnail and libjpeg-turbo's own programs. Every round runs every contender
// once, in an order that rotates, so that a change of the machine's mood meets all of them; figures are of pairs of one round.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { PhysicalBound } from './bound.ts';
import { type Figure, medianOf, row, table } from './figures.ts';
import { type ImageSize, makeImages, SIZES } from './images.ts';
import { type Contender, onPrem, pillow, plainSharp, run, vipsThumbnail } from './rivals.ts';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, images: { type: 'string' } },
});
const rounds = Number(flags.rounds);
const cores = availableParallelism();

async function benchSize(root: string, size: ImageSize): Promise<void> {
  const count = flags.images === undefined ? size.count : Number(flags.images);
  const paths = await makeImages(root, size, count);
  const pool = onPrem(cores);
  const poolOfOne = onPrem(1);
  const plain = plainSharp(cores);
  const plainOnOne = plainSharp(1);
  const pillowFull = await pillow(cores, 'full');
  const pillowDraft = await pillow(cores, 'draft');
  const vips = await vipsThumbnail(cores);
  const bound =
    PhysicalBound.missing === undefined ? await PhysicalBound.prepare(root, size, paths[0] ?? '') : undefined;
  const contenders = [pool, plain, poolOfOne, plainOnOne, pillowFull, pillowDraft, vips];

  const perSecond = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  const boundMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(turn + round) % contenders.length];
      if (contender === undefined || contender.missing !== undefined) continue;
      const outputDir = join(root, 'outputs');
      mkdirSync(outputDir);
      perSecond.get(contender)?.push(count / (await contender.seconds(paths, outputDir)));
      rmSync(outputDir, { recursive: true });
    }
    if (bound !== undefined) boundMs.push(medianOf(paths.slice(0, 8).map((path) => bound.measureMs(path))));
  }

  const of = (contender: Contender): readonly number[] => perSecond.get(contender) ?? [];
  const ratio = (a: readonly number[], b: readonly number[]): number[] =>
    b.map((value, round) => (a[round] ?? Number.NaN) / value);
  const fullHd = size.decodeScale === '1/1';
  const figures: Figure[] = [
    ...contenders.map((contender) => ({
      name: `${contender.name}: images/s`,
      perRound: of(contender),
      digits: 1,
    })),
    { name: 'bound: ms per image', perRound: boundMs, digits: 2 },
    {
      name: 'a) on-prem / plain sharp, all cores',
      perRound: ratio(of(pool), of(plain)),
      aim: { atLeast: 0.95 },
      digits: 3,
    },
    {
      name: `a) scaling 1 to ${cores} / plain sharp's`,
      perRound: ratio(ratio(of(pool), of(poolOfOne)), ratio(of(plain), of(plainOnOne))),
      aim: { atLeast: 0.92 },
      digits: 3,
    },
    {
      name: 'b) on-prem / Pillow, full decode',
      perRound: ratio(of(pool), of(pillowFull)),
      aim: { atLeast: fullHd ? 1.6 : 4.5 },
      digits: 2,
    },
    {
      name: 'b) on-prem / Pillow, draft()',
      perRound: ratio(of(pool), of(pillowDraft)),
      aim: { atLeast: 1 },
      digits: 2,
    },
    {
      name: 'c) on-prem / vipsthumbnail',
      perRound: ratio(of(pool), of(vips)),
      aim: { atLeast: 1.3 },
      digits: 2,
    },
    {
      name: 'd) on-prem on one core / bound, time',
      perRound: boundMs.map((ms, round) => 1000 / (of(poolOfOne)[round] ?? Number.NaN) / ms),
      aim: { atMost: fullHd ? 1.5 : 1.25 },
      digits: 2,
    },
  ];
  console.log(
    `\n${size.label} (${size.widthPx} x ${size.heightPx}), ${count} images a run, ${rounds} rounds`,
  );
  console.log(table([['figure', 'median', 'min to max', 'aim', ''], ...figures.map(row)]));
  for (const { name, missing } of contenders)
    if (missing !== undefined) console.log(`${name}: not installed (${missing})`);
  if (PhysicalBound.missing !== undefined) console.log(`bound: not installed (${PhysicalBound.missing})`);
}

const root = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
try {
  await run('taskset', ['--version']);
  console.log(
    `on-prem bench: ${cores} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(2)}`,
  );
  for (const size of SIZES) await benchSize(root, size);
} finally {
  rmSync(root, { recursive: true, force: true });
}
