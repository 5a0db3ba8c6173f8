import type { Mode } from '../session.ts';

/** Which line of a fan-out, in the order in which they end, starts the aggregator. Nobody else does, the line's own repetition apart. */
export type StartingOrder = (lineCount: number) => number;

/** Where the aggregator may hold futures; where something reads inside the outputs, the last line starts what follows in every mode. */
export const startingOrders: Readonly<Record<Mode, StartingOrder>> = {
  CLASSIC: (lineCount) => lineCount,
  FUTURE_BASED: () => 1,
};
