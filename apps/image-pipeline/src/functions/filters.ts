import { convolve, gaussianBlur, KERNELS } from '@skyground/imaging';

import type { BranchResult } from '../wire/branch.ts';
import type { FunctionContext } from './function-context.ts';
import { type Operations, runBranch } from './run-branch.ts';

const SIGMA_PX = 2;

const operations: Operations = {
  gaussian: (image) => gaussianBlur(image, SIGMA_PX),
  sharpen: (image) => convolve(image, KERNELS.sharpen),
  smooth: (image) => convolve(image, KERNELS.smoothMore),
  detail: (image) => convolve(image, KERNELS.detail),
  'edge-enhance': (image) => convolve(image, KERNELS.edgeEnhance),
};

/** The image softer and sharper. */
export function filters(input: unknown, context: FunctionContext): Promise<BranchResult> {
  return runBranch('filters', operations, input, context);
}
