import type { DrawnChart } from '@skyground/charts';
import type { Sample } from './sample.ts';
import type { Summary } from './summary.ts';

export function charts(_summary: Summary, _samples: readonly Sample[]): readonly DrawnChart[] {
  return [];
}
