/** The function that everything is compared with: 512 MB, a bundle without SDK clients, nothing kept ready. */
export const baseMemoryMb = 512;

export const strategyIds = [
  'base',
  'memory-128',
  'memory-1024',
  'memory-1769',
  'sdk',
  'sdk-compile-cache',
  'compile-cache',
  'provisioned',
] as const;

export type StrategyId = (typeof strategyIds)[number];

export interface Strategy {
  readonly id: StrategyId;
  /** As readers see it, in arms too. */
  readonly title: string;
  /** What it does otherwise than what it is judged against; its title where that says so. */
  readonly change?: string;
  readonly memoryMb: number;
  /** Whether the bundle holds clients of the AWS SDK, which the handler does not need. */
  readonly withSdk: boolean;
  readonly compileCache: boolean;
  readonly provisioned: boolean;
  /** What it is judged against: itself without the one thing that it changes; null for what others are judged against only. */
  readonly against: StrategyId | null;
}

const plain = { memoryMb: baseMemoryMb, withSdk: false, compileCache: false, provisioned: false } as const;

/**
 * In the order of the tables. `sdk` is no strategy but what leaving the SDK out is judged against: the base's row says what the
 * smaller bundle saves.
 */
export const strategies: readonly Strategy[] = [
  { ...plain, id: 'sdk', title: 'with SDK', withSdk: true, against: null },
  { ...plain, id: 'base', title: 'base', change: 'SDK left out (base)', against: 'sdk' },
  { ...plain, id: 'memory-128', title: '128 MB', memoryMb: 128, against: 'base' },
  { ...plain, id: 'memory-1024', title: '1024 MB', memoryMb: 1024, against: 'base' },
  { ...plain, id: 'memory-1769', title: '1769 MB', memoryMb: 1769, against: 'base' },
  { ...plain, id: 'compile-cache', title: 'compile cache', compileCache: true, against: 'base' },
  {
    ...plain,
    id: 'sdk-compile-cache',
    title: 'with SDK, compile cache',
    withSdk: true,
    compileCache: true,
    against: 'sdk',
  },
  { ...plain, id: 'provisioned', title: 'provisioned', provisioned: true, against: 'base' },
];

/** Those that a person chose, with what they are judged against. */
export function chosenStrategies(ids: readonly StrategyId[]): readonly Strategy[] {
  const wanted = new Set<StrategyId>(ids);
  for (const { id, against } of strategies)
    if (wanted.has(id) && id !== 'base' && against !== null) wanted.add(against);
  return strategies.filter(({ id }) => wanted.has(id));
}
