import type { Step } from '../interpreter/data-flow.ts';
import type { ExecutionVisit } from '../interpreter/execution-visit.ts';
import { evaluateState } from './evaluate-state.ts';
import { runMap } from './map.ts';
import { runParallel } from './parallel.ts';
import { runTask } from './task.ts';
import { runWait } from './wait.ts';

/** One attempt of the state that is visited. */
export function runState(visit: ExecutionVisit): Step | Promise<Step> {
  const { fields } = visit.state;
  switch (fields.Type) {
    case 'Task':
      return runTask(fields, visit);
    case 'Wait':
      return runWait(fields, visit);
    case 'Parallel':
      return runParallel(fields, visit);
    case 'Map':
      return runMap(fields, visit);
    default:
      return evaluateState(fields, visit);
  }
}
