import {
  flipHorizontal,
  flipVertical,
  rotate90,
  rotate180,
  rotate270,
  rotateBicubic,
  transpose,
} from '@skyground/imaging';

import type { BranchResult } from '../wire/branch.ts';
import type { FunctionContext } from './function-context.ts';
import { type Operations, runBranch } from './run-branch.ts';

const operations: Operations = {
  'rotate-90': rotate90,
  'rotate-180': rotate180,
  'rotate-270': rotate270,
  'flip-horizontal': flipHorizontal,
  'flip-vertical': flipVertical,
  transpose,
  'rotate-45': (image) => rotateBicubic(image, 45),
};

/** The image turned and mirrored. */
export function transform(input: unknown, context: FunctionContext): Promise<BranchResult> {
  return runBranch('transform', operations, input, context);
}
