import { CostError } from '../errors.ts';
import type { LambdaUsage } from './usage.ts';

/** What a REPORT line says (`InvocationReport` of packages/metrics has these fields). */
export interface ReportedInvocation {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memorySizeMb: number;
  /** null: a warm start. */
  readonly initMs: number | null;
  readonly billedRestoreMs: number | null;
}

export interface ReportedUsage {
  /** One entry for each memory size, smallest first. */
  readonly lambda: readonly LambdaUsage[];
  /** Cold starts whose Billed Duration leaves INIT out: lines from before August 2025. Billed as they stand. */
  readonly initsNotBilled: number;
}

/** One function's REPORT lines as usage. A line does not say the architecture, nor the size of /tmp if it exceeds 512 MB. */
export function usageOfReports(
  reports: readonly ReportedInvocation[],
  { architecture, ephemeralStorageMb = 512 }: Pick<LambdaUsage, 'architecture' | 'ephemeralStorageMb'>,
): ReportedUsage {
  const bySize = new Map<number, { requests: number; billedMs: number }>();
  for (const { billedMs, memorySizeMb, billedRestoreMs } of reports) {
    if (billedRestoreMs !== null) {
      throw new CostError(
        'A REPORT line has a Billed Restore Duration. The price table has no price for SnapStart; expected lines of functions without it.',
      );
    }
    const sum = bySize.get(memorySizeMb) ?? { requests: 0, billedMs: 0 };
    sum.requests += 1;
    sum.billedMs += billedMs;
    bySize.set(memorySizeMb, sum);
  }
  return {
    lambda: [...bySize]
      .toSorted(([a], [b]) => a - b)
      .map(([memoryMb, sum]) => ({ architecture, memoryMb, ephemeralStorageMb, ...sum })),
    initsNotBilled: reports.filter(
      ({ durationMs, billedMs, initMs }) => initMs !== null && billedMs < Math.ceil(durationMs + initMs),
    ).length,
  };
}
