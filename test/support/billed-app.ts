import { fileURLToPath } from 'node:url';
import { type CloudClients, declarationBasics, declareApp } from '@skyground/cloud';

/** One of everything that is billed by what it does; every function has another memory size. */
export function billedApp({ target }: CloudClients) {
  return declareApp({
    app: 'billed',
    ...declarationBasics([], target),
    logRetentionDays: 3,
    buckets: { images: { kind: 'own' } },
    functions: {
      uploaded: lambda('small-app/other.ts', 512),
      asked: lambda('small-app/echo.ts', 256),
      step: lambda('small-app/other.ts', 128),
      failsOnce: lambda('billed-app/fails-once.ts', 1024),
    },
    stateMachines: {
      // Four states; the second is tried twice.
      standard: {
        type: 'STANDARD',
        logLevel: 'ERROR',
        definition: {
          StartAt: 'Prepare',
          States: {
            Prepare: { Type: 'Pass', Next: 'Try' },
            Try: {
              Type: 'Task',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of definitions
              Resource: '${functions.failsOnce}',
              Parameters: { 'retries.$': '$$.State.RetryCount' },
              Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1 }],
              Next: 'Look',
            },
            Look: {
              Type: 'Choice',
              Choices: [{ Variable: '$.retries', NumericGreaterThan: 0, Next: 'Done' }],
              Default: 'Done',
            },
            Done: { Type: 'Succeed' },
          },
        },
      },
      express: {
        type: 'EXPRESS',
        logLevel: 'ALL',
        definition: {
          StartAt: 'Only',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of definitions
          States: { Only: { Type: 'Task', Resource: '${functions.step}', End: true } },
        },
      },
    },
    httpApis: { main: { routes: { 'POST /ask': { function: 'asked' } } } },
    notifications: { main: { bucket: 'images', keyPrefix: 'in/', function: 'uploaded' } },
  });
}

function lambda(file: string, memoryMb: number) {
  const entryPoint = fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
  return { entryPoint, memoryMb, timeoutS: 30, environment: {}, uses: [] };
}
