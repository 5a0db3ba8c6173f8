import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@skyground/asl';

import { type AppDeclaration, declareApp, type FunctionDeclaration } from '../../src/index.ts';

export const IDENTITY = { accountId: '123456789012', partition: 'aws', region: 'eu-central-1' } as const;

/** A function that does nothing with nothing. */
export const EMPTY_FUNCTION = {
  entryPoint: fileURLToPath(import.meta.url),
  memoryMb: 128,
  timeoutS: 3,
  environment: {},
  uses: [],
} satisfies FunctionDeclaration;

export const BASICS = {
  app: 'lab',
  prefix: 'sky',
  role: { kind: 'own' },
  platform: 'linux-x64',
  architecture: 'x64',
  logRetentionDays: 7,
} as const satisfies Partial<AppDeclaration>;

/** Two functions, a table, a bucket, and state machines with these states. */
export function anAppWithMachine(states: Readonly<Record<string, object | string>>) {
  const definition: JsonObject = JSON.parse(JSON.stringify({ StartAt: 'First', States: states }));
  return declareApp({
    ...BASICS,
    buckets: { images: { kind: 'own' } },
    tables: {
      images: {
        partitionKey: { name: 'id', type: 'S' },
        indexes: { byLabel: { partitionKey: { name: 'label', type: 'S' } } },
      },
    },
    functions: { classify: EMPTY_FUNCTION, label: EMPTY_FUNCTION },
    stateMachines: {
      main: { type: 'STANDARD', definition, logLevel: 'OFF' },
      inner: { type: 'EXPRESS', definition: { StartAt: 'x', States: {} }, logLevel: 'OFF' },
    },
  });
}
