import { relative, sep } from 'node:path';
import { UsageError } from './errors.ts';
import type { RunOptions } from './options.ts';
import { runFiles } from './paths.ts';

type Folders = Pick<RunOptions, 'imagesDir' | 'metricsDir' | 'onPremOutputDir'>;

/**
 * A run empties the folder of outputs and that of charts before it fills them, so what is put into them must not be anything
 * else: a person's images would be deleted as outputs, outputs would be read as images, metrics cleaned away with the outputs.
 */
export function refuseOverlappingFolders({ imagesDir, metricsDir, onPremOutputDir }: Folders): void {
  const { charts } = runFiles(metricsDir);
  const images = ['--images', imagesDir] as const;
  const metrics = ['--output', metricsDir] as const;
  const outputs = ['--on-prem-output', onPremOutputDir] as const;
  const chartFolder = ['--output', charts] as const;
  const mustNotHold = [
    [outputs, images],
    [images, outputs],
    [metrics, images],
    [images, chartFolder],
    [metrics, outputs],
    [outputs, chartFolder],
  ] as const;
  for (const [[flag, dir], [otherFlag, other]] of mustNotHold) {
    if (isWithin(dir, other)) {
      throw new UsageError(
        `expected folders apart for ${flag} and ${otherFlag} but ${dir} is ${dir === other ? 'the same as' : 'inside'} ${other}.`,
      );
    }
  }
}

/** Whether `inner` is `outer` or below it. */
function isWithin(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`));
}
