import { fileURLToPath } from 'node:url';
import {
  type CloudClients,
  declarationBasics,
  declareApp,
  type HttpApiDeclaration,
  type RestApiDeclaration,
} from '@skyground/cloud';

interface Choices {
  readonly httpApi?: HttpApiDeclaration<'main' | 'other'>;
  readonly restApi?: RestApiDeclaration<'main' | 'other'>;
  /** Of the one state of the machine. */
  readonly state?: Readonly<Record<string, string | boolean>>;
  readonly machineType?: 'STANDARD' | 'EXPRESS';
  readonly role?: string;
}

/** One of everything that an app can have, with functions that bundle in no time. */
export function smallApp(
  { target }: CloudClients,
  {
    httpApi = { routes: { 'POST /echo': { function: 'main' } } },
    restApi = {
      stage: 'dev',
      routes: { 'GET /a/b': { function: 'main' }, 'POST /a': { function: 'other' } },
    },
    state,
    machineType = 'EXPRESS',
    role,
  }: Choices = {},
) {
  return declareApp({
    app: 'small',
    ...declarationBasics([], target),
    ...(role === undefined ? {} : { role: { kind: 'existing', nameOrArn: role } }),
    logRetentionDays: 3,
    buckets: { images: { kind: 'own' } },
    tables: {
      images: {
        partitionKey: { name: 'id', type: 'S' },
        sortKey: { name: 'time', type: 'N' },
        indexes: { byLabel: { partitionKey: { name: 'label', type: 'S' } } },
      },
    },
    functions: {
      main: {
        entryPoint: pathOf('echo.ts'),
        memoryMb: 128,
        timeoutS: 3,
        environment: {
          TABLE: { table: 'images' },
          MACHINE: { stateMachine: 'main' },
          OTHER: { function: 'other' },
        },
        uses: [
          { table: 'images', access: 'read' },
          { table: 'images', access: 'write' },
          { bucket: 'images', access: 'read', keyPrefix: 'in/' },
          { function: 'other' },
          { stateMachine: 'main' },
        ],
      },
      other: { entryPoint: pathOf('other.ts'), memoryMb: 128, timeoutS: 3, environment: {}, uses: [] },
    },
    stateMachines: {
      main: {
        type: machineType,
        logLevel: 'ALL',
        definition: {
          StartAt: 'Only',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of definitions
          States: { Only: state ?? { Type: 'Task', Resource: '${functions.other}', End: true } },
        },
      },
    },
    httpApis: { main: httpApi },
    restApis: { rest: restApi },
    notifications: { main: { bucket: 'images', keyPrefix: 'in/', function: 'other' } },
  });
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../fixtures/small-app/${file}`, import.meta.url));
}
