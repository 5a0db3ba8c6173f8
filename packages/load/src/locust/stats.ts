import type { SentSample } from '../sample.ts';
import { endpointsOf, Tally, type TimesFrom } from './tally.ts';

/** What one line of Locust's tables counts: an endpoint, or all of them (`Aggregated`, method empty). */
export interface StatsLine {
  readonly method: string;
  readonly name: string;
  readonly tally: Tally;
}

/** The lines of all of Locust's tables, so that they cannot differ: the endpoints in its order, then `Aggregated`. */
export function statsLines(sent: readonly SentSample[], timesFrom: TimesFrom): StatsLine[] {
  const total = new Tally(timesFrom);
  const lines = endpointsOf(sent).map((endpoint) => ({ ...endpoint, tally: new Tally(timesFrom) }));
  for (const sample of sent) {
    total.add(sample);
    lines.find(({ method, name }) => method === sample.method && name === sample.name)?.tally.add(sample);
  }
  return [...lines, { method: '', name: 'Aggregated', tally: total }];
}
