import type { Finding } from '@skyground/experiment';
import type { Sample } from '../sample.ts';
import { boundViolated } from './bound-violated.ts';
import { outputsDiffer } from './outputs-differ.ts';
import { timedToTheEnd } from './timed-to-the-end.ts';
import { wrongInvoker } from './wrong-invoker.ts';
import { wrongStart } from './wrong-start.ts';

/** What can be wrong with this comparison alone. Each is pure, and finds nothing in a run that is in order. */
export function checks(samples: readonly Sample[]): readonly Finding[] {
  return [outputsDiffer, wrongStart, boundViolated, wrongInvoker, timedToTheEnd].flatMap((check) =>
    check(samples),
  );
}
