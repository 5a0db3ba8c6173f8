import { LoadError } from '../errors.ts';
import type { LoadPlan } from '../model/plan.ts';
import type { HttpSettings } from '../senders/settings.ts';

/** The plan's HTTP target. Others need AWS's signature, which a plan for `tool` cannot make. */
export function httpTargetOf({ target }: LoadPlan, tool: string): HttpSettings {
  if (target.kind === 'http') return target;
  throw new LoadError(
    `A plan for ${tool} can be made for an HTTP target only, got '${target.kind}': ${tool} cannot sign requests to AWS. Put the function behind an HTTP API, or drive it with this generator.`,
  );
}
