import { thumbnail as shrink } from '@skyground/imaging';

import type { BranchResult } from '../wire/branch.ts';
import type { FunctionContext } from './function-context.ts';
import { type Operations, runBranch } from './run-branch.ts';

const EDGE_PX = 128;

const operations: Operations = { 'thumbnail-128': (image) => shrink(image, EDGE_PX) };

/** The image in small: the fastest branch. */
export function thumbnail(input: unknown, context: FunctionContext): Promise<BranchResult> {
  return runBranch('thumbnail', operations, input, context);
}
