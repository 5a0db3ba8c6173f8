import type { DeployableApp } from '@skyground/cloud/cli';

import { DEFAULTS, imageProcessorDeclaration } from './declaration.ts';

/** What the command works with. */
export const deployable: DeployableApp = {
  declare: imageProcessorDeclaration,
  defaults: DEFAULTS,
  localCloud: () => import('@skyground/local-cloud'),
  planNote: async (settings, target) => {
    const { runCostSentence } = await import('./run-cost.ts');
    return runCostSentence(imageProcessorDeclaration(settings, target));
  },
};
