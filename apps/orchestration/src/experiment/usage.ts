import type { Usage } from '@skyground/cost';
import { eventsOf } from './events-cell.ts';
import type { Sample } from './sample.ts';

/** Of an Express execution AWS bills memory in chunks of 64 MB; the embedded cloud takes it for the smallest. */
const expressMemoryMb = 64;
const expressStepMs = 100;

/**
 * What the executions used, warm-up included. Measured: transitions (states entered) of Standard executions, durations of Express
 * ones, billed time of the functions from their REPORT lines, requests to the API, bytes logged. Modelled: the memory of an Express
 * execution, of which Step Functions says nothing here.
 */
export function usageOf(samples: readonly Sample[]): Usage {
  const express = samples.filter(({ workflowType, events }) => workflowType === 'EXPRESS' && events !== '[]');
  const byDuration = Map.groupBy(
    express,
    ({ startedAtMs, endedAtMs }) => expressStepMs * Math.ceil((endedAtMs - startedAtMs) / expressStepMs),
  );
  return {
    lambda: [
      ...functionUse(samples, (sample) => ({
        memoryMb: sample.probeMemoryMb,
        requests: sample.probeInvocations,
        billedMs: sample.probeBilledMs ?? 0,
      })),
      ...functionUse(samples, (sample) => ({
        memoryMb: sample.triggerMemoryMb,
        requests: sample.triggerInvocations,
        billedMs: sample.triggerBilledMs,
      })),
    ],
    stepFunctions: {
      transitions: sum(samples, (sample) => (sample.workflowType === 'STANDARD' ? transitionsOf(sample) : 0)),
      express: [...byDuration].map(([durationMs, { length }]) => ({
        executions: length,
        durationMs,
        memoryMb: expressMemoryMb,
      })),
    },
    apiGateway: { restRequests: samples.filter(({ part }) => part === 'lab').length },
    logs: { ingestedBytes: sum(samples, ({ logBytes }) => logBytes) },
  };
}

/** A state transition is a step begun: nothing here is tried again. */
export function transitionsOf({ events }: Pick<Sample, 'events'>): number {
  return eventsOf(events).filter(({ type }) => type.endsWith('StateEntered')).length;
}

function functionUse(
  samples: readonly Sample[],
  useOf: (sample: Sample) => { memoryMb: number; requests: number; billedMs: number },
) {
  const groups = Map.groupBy(
    samples.map((sample) => ({ architecture: sample.architecture, ...useOf(sample) })),
    ({ architecture, memoryMb }) => `${architecture} ${memoryMb}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const requests = sum(group, (use) => use.requests);
    if (first === undefined || requests === 0) return [];
    return [{ ...first, requests, billedMs: sum(group, (use) => use.billedMs) }];
  });
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
