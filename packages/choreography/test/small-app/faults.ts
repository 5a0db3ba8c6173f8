import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PlantFault } from '../../src/index.ts';
import { FOLDER_VARIABLE } from './declaration.ts';

/** Where each function of a session called `killed-...` ends its process, the first time that it comes there. */
const KILLED_AT = [
  'Load: after one continuation',
  'Fan/0/Quick: before checkpoint',
  'Fan/1/Slow: after checkpoint',
  'Gather: before checkpoint',
];
/** Of the events and invocations of a session called `chance-...`. */
const DUPLICATES = 0.05;
const CRASHES = 0.05 / 3;
/** Of one event: a third retry does not exist. */
const STRIKES = ['first strike', 'second strike'];

export const folder = process.env[FOLDER_VARIABLE] ?? '';

export const plantFault: PlantFault = (point, { session, node, requestId }) => {
  if (session.startsWith('killed-') && KILLED_AT.includes(`${node}: ${point}`)) {
    killAtMost([`${session} ${node.replaceAll('/', '-')} ${point}`]);
  }
  if (!session.startsWith('chance-')) return undefined;
  if (point === 'before one continuation') {
    if (Math.random() >= DUPLICATES) return undefined;
    count(`twice ${requestId} ${Math.random()}`);
    return 'twice';
  }
  if (Math.random() < CRASHES) killAtMost(STRIKES.map((strike) => `${strike} ${requestId}`));
  return undefined;
};

/** Ends the process, unless all marks were made before. */
function killAtMost(marks: readonly string[]): void {
  if (marks.some(count)) process.exit(1);
}

/** False where it was made before. */
function count(mark: string): boolean {
  try {
    writeFileSync(join(folder, mark), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
