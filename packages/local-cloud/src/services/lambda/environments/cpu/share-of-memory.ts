/** Throttling recurs on this period on AWS, too (measured from inside Lambda functions in 2022 and 2024). */
export const PERIOD_MS = 20;

/** AWS's documentation: at 1,769 MB a function has the equivalent of one vCPU. */
const ONE_CORE_MB = 1769;

/** The share of one core that a memory size has; undefined from one whole core on, where nothing is throttled here. */
export function shareOfMemory(memoryMb: number): number | undefined {
  return memoryMb < ONE_CORE_MB ? memoryMb / ONE_CORE_MB : undefined;
}
