import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PlantFault } from '../../src/index.ts';
import { FOLDER_VARIABLE } from './declaration.ts';

/** Where each function of a session called `killed-...` ends its process, the first time that it comes there. */
const FAULTS = [
  'Load: after one continuation',
  'Fan/0/Quick: before checkpoint',
  'Fan/1/Slow: after checkpoint',
  'Gather: before checkpoint',
];

export const folder = process.env[FOLDER_VARIABLE] ?? '';

export const plantFault: PlantFault = (point, { session, node }) => {
  if (!session.startsWith('killed-') || !FAULTS.includes(`${node}: ${point}`)) return;
  const mark = `${session} ${node.replaceAll('/', '-')} ${point}`;
  if (isFirst(mark)) process.exit(1);
};

function isFirst(mark: string): boolean {
  try {
    writeFileSync(join(folder, mark), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
