import type { DataTable } from '../chart.ts';
import type { ChartHeading } from './heading.ts';

/** The first column names the rows; the others stand at their right edge, as numbers do. */
export interface TableRequest extends ChartHeading, DataTable {}
