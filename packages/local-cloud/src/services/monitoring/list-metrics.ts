import type { ListMetricsCommandOutput, Metric } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { parseDimensions } from './dimensions.ts';
import { invalidToken, MONITORING_VALIDATION } from './errors.ts';
import { metricName, namespace, pageToken } from './input-members.ts';
import type { MetricRecorder } from './metric-recorder.ts';
import type { SeriesStore } from './metric-series.ts';

const PAGE_LENGTH = 500;

const inputSchema = z.strictObject({
  Namespace: namespace.optional(),
  MetricName: metricName.optional(),
  /** A name alone stands for any value. */
  Dimensions: z
    .array(
      z.strictObject({ Name: z.string().min(1).max(255), Value: z.string().min(1).max(1024).optional() }),
    )
    .max(10)
    .default([]),
  NextToken: pageToken.optional(),
});

/** The metrics that were recorded, as far as they have data points left. */
export function listMetrics(recorder: MetricRecorder, store: SeriesStore) {
  return validatedOperation(
    MONITORING_VALIDATION,
    'ListMetrics',
    inputSchema,
    (input): Output<ListMetricsCommandOutput> => {
      recorder.flush();
      const from = readToken(input.NextToken);
      const found = new Map<string, Metric>();
      for (const { namespace: Namespace, name: MetricName, dimensions } of store.all()) {
        if (input.Namespace !== undefined && Namespace !== input.Namespace) continue;
        if (input.MetricName !== undefined && MetricName !== input.MetricName) continue;
        const pairs = parseDimensions(dimensions);
        const hasAll = input.Dimensions.every(({ Name, Value }) =>
          pairs.some(([name, value]) => name === Name && (Value === undefined || Value === value)),
        );
        if (!hasAll) continue;
        const Dimensions = pairs.map(([Name, Value]) => ({ Name, Value }));
        // One metric may have been recorded in two units.
        found.set(JSON.stringify([Namespace, MetricName, dimensions]), { Namespace, MetricName, Dimensions });
      }
      const end = from + PAGE_LENGTH;
      return {
        Metrics: [...found.values()].slice(from, end),
        ...(found.size > end && { NextToken: String(end) }),
      };
    },
  );
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^\d{1,9}$/.test(token)) throw invalidToken();
  return Number(token);
}
