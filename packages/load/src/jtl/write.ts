import { stringify } from 'csv-stringify/sync';
import { isSent, type LoadSample, type SentSample } from '../sample.ts';
import { defaultColumns } from './columns.ts';

export interface JtlOptions {
  /** The URL column; null where the target has none (JMeter writes the word). */
  readonly url: string | null;
  /** Whether elapsed counts from the sending (as JMeter's does) or from when the request was due. */
  readonly elapsedFrom: 'sent' | 'due';
}

/**
 * A JTL in JMeter's default 17 columns, from which `jmeter -g` makes its dashboard. Times are whole milliseconds, as
 * JMeter demands; bytes are those of bodies. Dropped requests are not in it, since JMeter has no row for what was not
 * sent: say their number beside it.
 */
export function samplesToJtl(samples: readonly LoadSample[], options: JtlOptions): string {
  const rows = samples.filter(isSent).map((sample) => jtlCells(sample, options));
  return stringify([[...defaultColumns], ...rows], {
    record_delimiter: '\n',
    quote_record_delimiter: true,
    quoted_match: /[\r\n]/,
  });
}

function jtlCells(sample: SentSample, { url, elapsedFrom }: JtlOptions): string[] {
  const fromMs = elapsedFrom === 'sent' ? sample.sentAtMs : sample.dueAtMs;
  const ok = sample.status === 'ok';
  const error = sample.error ?? '';
  return [
    wholeMs(fromMs),
    wholeMs(sample.endedAtMs - fromMs),
    sample.name,
    sample.responseCode ?? `Non HTTP response code: ${error.split(':')[0] ?? ''}`,
    ok ? 'OK' : error,
    `${sample.user === null ? 'Open Model Thread Group' : 'Thread Group'} 1-${(sample.user ?? sample.sequence) + 1}`,
    sample.responseCode === null ? '' : 'text',
    String(ok),
    error,
    String(sample.receivedBytes),
    String(sample.sentBytes),
    String(sample.inFlight),
    String(sample.inFlight),
    url ?? 'null',
    sample.firstByteAtMs === null ? '0' : wholeMs(sample.firstByteAtMs - fromMs),
    '0',
    '0',
  ];
}

function wholeMs(ms: number): string {
  return String(Math.max(0, Math.round(ms)));
}
