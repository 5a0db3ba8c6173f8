import type { Step } from '../interpreter/data-flow.ts';
import type { Visit } from '../interpreter/visit.ts';
import { runChoice } from './choice.ts';
import { runFail } from './fail.ts';
import { runMap } from './map.ts';
import { runParallel } from './parallel.ts';
import { runPass } from './pass.ts';
import { runSucceed } from './succeed.ts';
import { runTask } from './task.ts';
import { runWait } from './wait.ts';

/** One attempt of the state that is visited. */
export function runState(visit: Visit): Step | Promise<Step> {
  const { fields } = visit.state;
  switch (fields.Type) {
    case 'Pass':
      return runPass(fields, visit);
    case 'Task':
      return runTask(fields, visit);
    case 'Choice':
      return runChoice(fields, visit);
    case 'Wait':
      return runWait(fields, visit);
    case 'Succeed':
      return runSucceed(fields, visit);
    case 'Fail':
      return runFail(fields, visit);
    case 'Parallel':
      return runParallel(fields, visit);
    case 'Map':
      return runMap(fields, visit);
  }
}
