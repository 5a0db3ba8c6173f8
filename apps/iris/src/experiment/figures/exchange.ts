import { type Exchange, exchangeSchema } from '../phases/api-test.ts';
import type { Sample } from '../sample.ts';

/** The API test of the run: the first that has its log, else the first. */
export function exchangeIn(samples: readonly Sample[]): Exchange | undefined {
  const found = samples.flatMap(({ exchange }) => {
    if (exchange === null) return [];
    const parsed = exchangeSchema.safeParse(jsonOf(exchange));
    return parsed.success ? [parsed.data] : [];
  });
  return found.find(({ log }) => log.length > 0) ?? found[0];
}

/** A cell may have been changed by hand. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
