import { fromSource } from './package-location.ts';

/** `.skyground` at the root of the repository, wherever a command stands. */
export const DEFAULT_STATE_DIR = fromSource('../../../.skyground');

/** SKYG on a telephone's keys. Fixed, so that a shell's AWS_ENDPOINT_URL stays true from one start to the next. */
export const DEFAULT_PORT = 7594;
