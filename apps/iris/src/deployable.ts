import type { DeployableApp } from '@skyground/cloud/cli';

import { DEFAULTS, irisDeclaration } from './declaration.ts';

/** What the command works with. */
export const deployable: DeployableApp = {
  declare: irisDeclaration,
  defaults: DEFAULTS,
  localCloud: () => import('@skyground/local-cloud'),
};
