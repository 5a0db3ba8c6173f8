import { canny, convolve, KERNELS, laplacian, sobel, toGrey } from '@skyground/imaging';

import type { BranchResult } from '../wire/branch.ts';
import type { FunctionContext } from './function-context.ts';
import { type Operations, runBranch } from './run-branch.ts';

/** Low enough for the outlines of a photograph, high enough for the grain of its sky. */
const CANNY = { low: 100, high: 200 } as const;

const operations: Operations = {
  contour: (image) => convolve(image, KERNELS.contour),
  'find-edges': (image) => convolve(image, KERNELS.findEdges),
  emboss: (image) => convolve(image, KERNELS.emboss),
  laplacian: (image) => laplacian(toGrey(image)),
  sobel: (image) => sobel(toGrey(image)),
  canny: (image) => canny(toGrey(image), CANNY),
};

/** The edges of the image, by six methods. */
export function contour(input: unknown, context: FunctionContext): Promise<BranchResult> {
  return runBranch('contour', operations, input, context);
}
