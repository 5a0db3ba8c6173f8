import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

import type { ImageSize } from './images.ts';
import { pinned } from './rivals.ts';

/**
 * The least that decoding and encoding can cost: libjpeg-turbo's own programs on one core, no resize between them,
 * their process start (the same program on a picture of one pixel) subtracted.
 */
export class PhysicalBound {
  readonly #djpegArgs: readonly string[];
  readonly #encodeInput: string;
  readonly #onePixelJpeg: string;
  readonly #onePixelPpm: string;

  private constructor(folder: string, size: ImageSize) {
    this.#djpegArgs = ['-scale', size.decodeScale];
    this.#encodeInput = join(folder, 'bound-800x600.ppm');
    this.#onePixelJpeg = join(folder, 'bound-1x1.jpg');
    this.#onePixelPpm = join(folder, 'bound-1x1.ppm');
  }

  static get missing(): string | undefined {
    const missing = ['djpeg', 'cjpeg'].some(
      (command) => spawnSync(command, ['-version'], { stdio: 'ignore' }).error !== undefined,
    );
    return missing ? 'libjpeg-turbo-progs' : undefined;
  }

  static async prepare(folder: string, size: ImageSize, example: string): Promise<PhysicalBound> {
    const bound = new PhysicalBound(folder, size);
    writeFileSync(bound.#encodeInput, await ppm(example, 800, 600));
    writeFileSync(bound.#onePixelPpm, await ppm(example, 1, 1));
    const onePixel = { create: { width: 1, height: 1, channels: 3, background: 'gray' } } as const;
    await sharp(onePixel).jpeg().toFile(bound.#onePixelJpeg);
    return bound;
  }

  /** Milliseconds for one image. */
  measureMs(path: string): number {
    const decodeMs = timeMs('djpeg', [...this.#djpegArgs, path]);
    const decodeStartMs = timeMs('djpeg', [...this.#djpegArgs, this.#onePixelJpeg]);
    const encode = ['-quality', '85', '-optimize'];
    const encodeMs = timeMs('cjpeg', [...encode, this.#encodeInput]);
    const encodeStartMs = timeMs('cjpeg', [...encode, this.#onePixelPpm]);
    return decodeMs - decodeStartMs + encodeMs - encodeStartMs;
  }
}

async function ppm(path: string, widthPx: number, heightPx: number): Promise<Buffer> {
  const pixels = await sharp(path).resize(widthPx, heightPx, { fit: 'fill' }).raw().toBuffer();
  return Buffer.concat([Buffer.from(`P6\n${widthPx} ${heightPx}\n255\n`), pixels]);
}

function timeMs(command: string, args: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(...pinned(1, command, ['-outfile', '/dev/null', ...args]), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const durationMs = performance.now() - startMs;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${String(stderr)}`);
  return durationMs;
}
