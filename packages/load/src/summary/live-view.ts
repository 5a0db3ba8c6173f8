import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { isSent, type LoadSample, responseMs, serviceMs } from '../sample.ts';

/** Latencies of an HDR histogram, true to three digits. */
export interface LatencyView {
  readonly minMs: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LoadView {
  readonly sent: number;
  readonly failed: number;
  readonly dropped: number;
  /** Sent a second, from the first due to the last due so far. */
  readonly ratePerSecond: number;
  /** null until something was sent. */
  readonly service: LatencyView | null;
  readonly response: LatencyView | null;
}

const histogramOptions = { lowest: 1, highest: 3_600_000_000, figures: 3 };

/**
 * Keeps up with a running load in constant memory. For looking at: a report's percentiles come from the rows, by its
 * own definition. Failed requests count in the latencies: leaving them out would flatter a target that fails fast or
 * slowly.
 */
export class LiveView {
  readonly #service = createHistogram(histogramOptions);
  readonly #response = createHistogram(histogramOptions);
  #sent = 0;
  #failed = 0;
  #dropped = 0;
  #firstDueAtMs = Number.POSITIVE_INFINITY;
  #lastDueAtMs = Number.NEGATIVE_INFINITY;

  record(sample: LoadSample): void {
    this.#firstDueAtMs = Math.min(this.#firstDueAtMs, sample.dueAtMs);
    this.#lastDueAtMs = Math.max(this.#lastDueAtMs, sample.dueAtMs);
    if (!isSent(sample)) {
      this.#dropped += 1;
      return;
    }
    this.#sent += 1;
    if (sample.status === 'failed') this.#failed += 1;
    this.#service.record(microseconds(serviceMs(sample)));
    this.#response.record(microseconds(responseMs(sample)));
  }

  snapshot(): LoadView {
    const spanS = (this.#lastDueAtMs - this.#firstDueAtMs) / 1000;
    return {
      sent: this.#sent,
      failed: this.#failed,
      dropped: this.#dropped,
      // n requests span n - 1 gaps.
      ratePerSecond: spanS > 0 ? (this.#sent - 1) / spanS : 0,
      service: latencies(this.#service),
      response: latencies(this.#response),
    };
  }
}

/** Histograms take whole numbers from 1. */
function microseconds(ms: number): number {
  return Math.min(histogramOptions.highest, Math.max(1, Math.round(ms * 1000)));
}

function latencies(histogram: RecordableHistogram): LatencyView | null {
  if (histogram.count === 0) return null;
  const percentileMs = (percent: number): number => histogram.percentile(percent) / 1000;
  return {
    minMs: histogram.min / 1000,
    meanMs: histogram.mean / 1000,
    p50Ms: percentileMs(50),
    p90Ms: percentileMs(90),
    p95Ms: percentileMs(95),
    p99Ms: percentileMs(99),
    maxMs: histogram.max / 1000,
  };
}
