import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names that clients and servers encode differently, if one of them is wrong. */
const ODD_NAMES = [
  'with space.txt',
  'plus+sign.txt',
  'größe ✓.txt',
  "quote'.txt",
  'percent%41.txt',
  'a&b=c.txt',
];

/** Makes `count` small files in two folders, six of them with odd names. */
export function makeFiles(folder: string, count: number): void {
  for (const name of ['a', 'b']) mkdirSync(join(folder, name), { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const name = ODD_NAMES[index] ?? `${index}.txt`;
    writeFileSync(
      join(folder, index % 2 === 0 ? 'a' : 'b', name),
      `content of ${name}\n`.repeat(1 + (index % 7)),
    );
  }
}

/** Posix relative name to content, for comparing two folders. */
export function readFolder(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
