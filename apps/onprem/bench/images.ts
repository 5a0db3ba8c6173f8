import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateImage } from '@skyground/imaging';

export interface ImageSize {
  readonly label: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** How many images one timed run processes. */
  readonly count: number;
  /** The largest shrink of 1, 1/2, 1/4, 1/8 that still holds 800 x 600: what a decoder may skip. */
  readonly decodeScale: `1/${1 | 2 | 4 | 8}`;
}

export const SIZES: readonly ImageSize[] = [
  { label: 'full HD', widthPx: 1920, heightPx: 1080, count: 160, decodeScale: '1/1' },
  { label: '12 MP', widthPx: 4000, heightPx: 3000, count: 80, decodeScale: '1/4' },
];

const DISTINCT = 4;

/** Photo-like JPEGs in a folder of their own: a few that differ, each under many names. */
export async function makeImages(
  root: string,
  { label, widthPx, heightPx }: ImageSize,
  count: number,
): Promise<string[]> {
  const folder = join(root, label.replace(' ', '-'));
  mkdirSync(folder);
  const originals: string[] = [];
  for (let seed = 1; seed <= DISTINCT; seed += 1) {
    const { data } = await generateImage({ seed, widthPx, heightPx, quality: 90 });
    const path = join(folder, `original-${seed}.jpg`);
    writeFileSync(path, data);
    originals.push(path);
  }
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `${String(index).padStart(4, '0')}.jpg`);
    linkSync(originals[index % DISTINCT] ?? '', path);
    return path;
  });
}
