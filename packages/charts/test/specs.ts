import { compile, type TopLevelSpec } from 'vega-lite';

/** Every number in a value, however deep. */
export const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

/** vega-lite's complaints about specifications. */
export const warningsOf = (specs: readonly TopLevelSpec[]): string[] => {
  const warnings: string[] = [];
  const note = (...messages: readonly string[]) => {
    warnings.push(...messages);
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  for (const spec of specs) compile(spec, { logger });
  return warnings;
};
