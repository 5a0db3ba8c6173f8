import { resolve } from 'node:path';

/** `.skyground` at the root of the repository, wherever a command stands. */
export const DEFAULT_STATE_DIR = resolve(import.meta.dirname, '../../../../.skyground');

/** SKYG on a telephone's keys. Fixed, so that a shell's AWS_ENDPOINT_URL stays true from one start to the next. */
export const DEFAULT_PORT = 7594;
