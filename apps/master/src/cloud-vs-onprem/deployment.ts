import type { CloudPlace } from '@skyground/experiment';
import { type ImageProcessorDeclaration, imageProcessorDeclaration } from '@skyground/image-processor';
import { declare } from '../cloud-side.ts';
import { concurrencyOf, type Parameters, processingOf } from './parameters.ts';

/** The image processor as this experiment wants it; of a sweep's point, with exactly so many environments. */
export function deployment(
  parameters: Parameters,
  { settings, target }: CloudPlace,
  sweepWidth?: number,
): ImageProcessorDeclaration {
  const declaration = imageProcessorDeclaration(settings, target, processingOf(parameters));
  const main = { ...declaration.functions.main, memoryMb: parameters.memoryMb };
  return declare(
    {
      concurrency: sweepWidth ?? concurrencyOf(parameters),
      concurrencyAsked: sweepWidth !== undefined || parameters.concurrency !== null,
    },
    { ...declaration, functions: { main } },
    target.kind,
  );
}
