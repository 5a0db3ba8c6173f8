import type { HistoryEvent } from '@skyground/asl';

const EXECUTION_DATA: ReadonlySet<string> = new Set(['input', 'inputDetails', 'output', 'outputDetails']);

/** As recorded without includeExecutionData: what went in and came out is left out, errors and causes stay. */
export function withoutExecutionData({ details = {}, ...event }: HistoryEvent): HistoryEvent {
  return {
    ...event,
    details: Object.fromEntries(Object.entries(details).filter(([name]) => !EXECUTION_DATA.has(name))),
  };
}
