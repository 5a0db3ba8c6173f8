import type { Chart } from '../chart.ts';
import { averageChart } from './average.ts';
import { distributionChart } from './distribution.ts';
import { ecdfChart } from './ecdf.ts';
import { sizeTimeChart } from './size-time.ts';
import { stagesChart } from './stages.ts';
import { timelineChart } from './timeline.ts';
import { totalChart } from './total.ts';

/** Every chart of a comparison, in the order in which a reader meets them. */
export const CHARTS: readonly Chart[] = [
  averageChart,
  distributionChart,
  ecdfChart,
  sizeTimeChart,
  totalChart,
  timelineChart,
  stagesChart,
];
