import { fileURLToPath } from 'node:url';
import {
  type AppDeclaration,
  declarationBasics,
  declareApp,
  type LayeredSettings,
  lookUp,
  type TargetChoice,
} from '@skyground/cloud';

import { EXAMPLE_BODY } from './example-request.ts';

/** What is used where nobody chooses. */
export const DEFAULTS = { memoryMb: 512 } as const;

const TIMEOUT_S = 10;
const LOG_RETENTION_DAYS = 7;
/**
 * In the embedded cloud functions without a reservation share ten environments, and a burst that forces cold starts needs thirty.
 * A reservation on a real account takes from its other functions, so there it is the person's choice.
 */
const LOCAL_RESERVED_CONCURRENCY = 60;

export type IrisDeclaration = AppDeclaration<never, never, 'main', never>;

/** The classifier behind `POST /predict` of a REST API: the choices of the settings, defaults for the rest. */
export function irisDeclaration(settings: LayeredSettings, target: TargetChoice): IrisDeclaration {
  return declareApp({
    app: 'iris',
    ...declarationBasics(settings, target),
    logRetentionDays: LOG_RETENTION_DAYS,
    functions: {
      main: {
        entryPoint: fileURLToPath(new URL('functions/predict.ts', import.meta.url)),
        dockerfile: fileURLToPath(new URL('../Dockerfile', import.meta.url)),
        memoryMb: lookUp(settings, 'memoryMb')?.value ?? DEFAULTS.memoryMb,
        timeoutS: TIMEOUT_S,
        environment: {},
        uses: [],
        reservedConcurrency:
          lookUp(settings, 'reservedConcurrency')?.value ??
          (target.kind === 'local' ? LOCAL_RESERVED_CONCURRENCY : undefined),
      },
    },
    restApis: {
      main: {
        stage: 'default',
        routes: {
          'POST /predict': { function: 'main', exampleBody: EXAMPLE_BODY },
        },
      },
    },
  });
}
