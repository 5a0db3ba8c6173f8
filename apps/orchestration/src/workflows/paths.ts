/** What a sweep goes through: chains of so many tasks, Parallels of so many branches. */
export interface Sweep {
  readonly lengths: readonly number[];
  readonly widths: readonly number[];
}

/** The value of `$.path` that leads an execution of a sweep's machine to the chain of so many tasks. */
export function chainPath(length: number): string {
  return `chain-${length}`;
}

/** The value of `$.path` that leads to the Parallel of so many branches. */
export function parallelPath(width: number): string {
  return `parallel-${width}`;
}
