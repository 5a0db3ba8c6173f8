import type { Check } from '../check.ts';
import { bucketsCheck } from './buckets.ts';
import { clockCheck } from './clock.ts';
import { concurrencyCheck } from './concurrency.ts';
import { credentialsCheck } from './credentials.ts';
import { diskCheck } from './disk.ts';
import { embeddedCloudCheck } from './embedded-cloud.ts';
import { endpointCheck } from './endpoint.ts';
import { endpointOverridesCheck } from './endpoint-overrides.ts';
import { folderChecks } from './folders.ts';
import { fontsCheck } from './fonts.ts';
import { identityCheck } from './identity.ts';
import { imagesCheck } from './images.ts';
import { nodeCheck } from './node.ts';
import { permissionsCheck } from './permissions.ts';
import { pricesCheck } from './prices.ts';
import { proxyCheck } from './proxy.ts';
import { regionCheck } from './region.ts';
import { sharpCheck } from './sharp.ts';
import { terminalCheck } from './terminal.ts';

/** In the order in which they are printed: a check comes after those that it builds on. */
export const allChecks: readonly Check[] = [
  nodeCheck,
  sharpCheck,
  fontsCheck,
  terminalCheck,
  imagesCheck,
  ...folderChecks,
  diskCheck,
  pricesCheck,
  proxyCheck,
  endpointOverridesCheck,
  embeddedCloudCheck,
  regionCheck,
  credentialsCheck,
  endpointCheck,
  clockCheck,
  identityCheck,
  bucketsCheck,
  permissionsCheck,
  concurrencyCheck,
];
