const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/u;

/**
 * Epoch milliseconds of a timestamp as the language wants it: RFC 3339 with an upper-case T, and a Z or an offset; undefined for
 * any other text, also for a day or an hour that the calendar does not have.
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = RFC_3339.exec(text);
  if (parts === null) return undefined;
  const [, date = '', time = '', fraction = '', offset = ''] = parts;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March and 24:00:00 for the next day.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date) || time.startsWith('24'))
    return undefined;
  const epochMs = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(epochMs) ? undefined : epochMs + Number(`0${fraction}`) * 1_000;
}
