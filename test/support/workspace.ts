import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** A folder of its own for one test: images in, everything that a run writes out, and the embedded cloud's state. */
export interface Workspace {
  readonly dir: string;
  readonly imagesDir: string;
  readonly metricsDir: string;
  readonly outputDir: string;
  readonly stateDir: string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function makeWorkspace(): Promise<Workspace> {
  const dir = await mkdtemp(join(tmpdir(), 'skyground-e2e-'));
  const imagesDir = join(dir, 'images');
  await mkdir(imagesDir);
  return {
    dir,
    imagesDir,
    metricsDir: join(dir, 'metrics'),
    outputDir: join(dir, 'output'),
    stateDir: join(dir, 'state'),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** A small valid photo of noise, different for each seed; big enough that processing it takes measurable time. */
export async function writeImage(path: string, seed: number, widthPx = 320, heightPx = 240): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const pixels = Buffer.alloc(widthPx * heightPx * 3);
  let state = seed + 1;
  for (let index = 0; index < pixels.length; index += 1) {
    // A linear congruential generator: the tests need variety, not quality.
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    pixels[index] = state >>> 24;
  }
  const raw = { width: widthPx, height: heightPx, channels: 3 } as const;
  const image = sharp(pixels, { raw });
  await writeFile(path, await (path.endsWith('.png') ? image.png() : image.jpeg()).toBuffer());
}

export async function writeImages(dir: string, count: number): Promise<string[]> {
  const names = Array.from(
    { length: count },
    (_, index) => `photo ${String(index + 1).padStart(3, '0')}.jpg`,
  );
  await Promise.all(names.map((name, index) => writeImage(join(dir, name), index)));
  return names;
}
