// A rival: the shortest loop over sharp that makes the same files, with as many images in flight as keeps every core busy.
import { join } from 'node:path';
import sharp from 'sharp';

import { parseArm, printSeconds } from './arm.ts';

const { paths, outputDir, cores } = parseArm();
sharp.concurrency(1);
sharp.cache(false);

async function loop(files: readonly string[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let path = files[next]; path !== undefined; path = files[next]) {
      const output = join(outputDir, `${next}.jpg`);
      next += 1;
      await sharp(path).resize(800, 600, { fit: 'fill' }).jpeg({ quality: 85 }).toFile(output);
    }
  };
  await Promise.all(Array.from({ length: cores * 2 }, lane));
}

await loop(paths.slice(0, cores * 4));
const startMs = performance.now();
await loop(paths);
printSeconds(performance.now() - startMs);
