import { fileURLToPath } from 'node:url';
import { declarationBasics, declareApp, loadSettings, type TargetChoice } from '@skyground/cloud';

import { choreographed, choreographyTable } from '../../src/index.ts';

/** A folder of the test, for what functions tell each other beside the workflow. */
export const FOLDER_VARIABLE = 'TEST_FOLDER';

const functions = ['load', 'branch', 'gather'] as const;

export function smallApp(target: TargetChoice, folder: string) {
  const { environment, uses } = choreographed({ table: 'main', bucket: 'main', functions });
  const lambda = (key: (typeof functions)[number]) => ({
    entryPoint: fileURLToPath(new URL(`${key}.ts`, import.meta.url)),
    memoryMb: 256,
    timeoutS: 20,
    environment: { ...environment, [FOLDER_VARIABLE]: folder },
    uses,
  });
  return declareApp({
    app: 'small',
    ...declarationBasics(loadSettings({ flags: {}, environment: {}, directory: '/' }), target),
    logRetentionDays: 1,
    buckets: { main: { kind: 'own' } },
    tables: { main: choreographyTable },
    functions: { load: lambda('load'), branch: lambda('branch'), gather: lambda('gather') },
  });
}
