import { fileURLToPath } from 'node:url';
import {
  declarationBasics,
  declareApp,
  type LayeredSettings,
  lookUp,
  type TargetChoice,
} from '@skyground/cloud';

import { STATE_MACHINE_VARIABLE } from './functions/environment.ts';
import lab from './workflows/lab.asl.json' with { type: 'json' };
import type { Sweep } from './workflows/paths.ts';
import { sweepDefinition } from './workflows/sweep.ts';

/** What the command deploys. */
const DEFAULT_SWEEP: Sweep = { lengths: [1, 2, 3, 5, 10, 20], widths: [1, 2, 5, 10, 18, 20, 50] };

/** Branches of the lab's Parallel. */
const LAB_WIDTH = 5;
/** An execution may begin while the environments of the one before are still ending. */
const SPARE_ENVIRONMENTS = 4;

/** The lab, the sweeps and their functions as the command deploys them. */
export function deployableDeclaration(settings: LayeredSettings, target: TargetChoice) {
  return orchestrationDeclaration(settings, target, DEFAULT_SWEEP);
}

/** The lab (two Lambdas, one state machine, one REST API), and one machine of each type for the points of a sweep. */
export function orchestrationDeclaration(settings: LayeredSettings, target: TargetChoice, sweep: Sweep) {
  const definition = sweepDefinition(sweep);
  return declareApp({
    app: 'orchestration',
    ...declarationBasics(settings, target),
    logRetentionDays: 7,
    functions: {
      probe: {
        entryPoint: fileURLToPath(new URL('functions/probe.ts', import.meta.url)),
        memoryMb: 128,
        timeoutS: 15,
        environment: {},
        uses: [],
        reservedConcurrency: probeConcurrency(settings, target, sweep),
      },
      trigger: {
        entryPoint: fileURLToPath(new URL('functions/trigger.ts', import.meta.url)),
        memoryMb: 256,
        timeoutS: 10,
        environment: { [STATE_MACHINE_VARIABLE]: { stateMachine: 'lab' } },
        uses: [{ stateMachine: 'lab' }],
      },
    },
    stateMachines: {
      lab: { type: 'STANDARD', definition: lab, logLevel: 'ERROR' },
      sweepStandard: { type: 'STANDARD', definition, logLevel: 'ERROR' },
      // Its log is the only history that an Express execution has.
      sweepExpress: { type: 'EXPRESS', definition, logLevel: 'ALL' },
    },
    restApis: {
      trigger: {
        stage: 'dev',
        routes: { 'POST /experiment': { function: 'trigger', exampleBody: { experiment_type: 'CHAIN' } } },
      },
    },
  });
}

/**
 * On the embedded cloud functions without a reservation share 10 environments, which is narrower than a sweep. A real account has
 * enough, and refuses a reservation that leaves others too little: there it is made only where the person asks for it.
 */
function probeConcurrency(settings: LayeredSettings, target: TargetChoice, sweep: Sweep): number | undefined {
  const asked = lookUp(settings, 'reservedConcurrency')?.value;
  if (asked !== undefined || target.kind !== 'local') return asked;
  return Math.max(LAB_WIDTH, ...sweep.widths) + SPARE_ENVIRONMENTS;
}
