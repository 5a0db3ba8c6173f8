import { type OpenedTarget, type OpenTargetOptions, openTarget as openCloudTarget } from '@skyground/cloud';

/** Resolves the target of the settings and opens it; for `local` that finds the embedded cloud of `stateDir`, or starts one. */
export function openTarget(options: OpenTargetOptions): Promise<OpenedTarget> {
  return openCloudTarget(options, () => import('@skyground/local-cloud'));
}
