import type { Json } from '@skyground/asl';
import { expect } from 'vitest';

import type { Handler } from '../../src/node/call-handler.ts';
import type { Workflow } from '../../src/runtime.ts';
import type { Mode } from '../../src/session.ts';
import { END_ITEM } from '../../src/store/names.ts';
import { Store } from '../../src/store/store.ts';
import { chanceFrom } from './chance.ts';
import { withoutIds } from './run-in-one.ts';
import { SESSION, SimulatedCloud } from './simulated-cloud.ts';

export interface Schedule {
  readonly workflow: Workflow;
  readonly handler: Handler;
  readonly input: Json;
  readonly mode: Mode;
  readonly collectsGarbage: boolean;
  /** Of chance. */
  readonly seed: number;
}

/** What schedules of a test have met together. */
export interface Met {
  schedules: number;
  crashes: number;
  duplicates: number;
  startedEarly: number;
}

/** Runs one schedule with faults and checks what holds for all; gives the result, and what was logged. */
export async function runSchedule(schedule: Schedule, met: Met) {
  const { workflow, handler, input, mode, collectsGarbage, seed } = schedule;
  const cloud = new SimulatedCloud(workflow, handler, chanceFrom(seed), { crashes: 0.04, duplicates: 0.1 });
  await cloud.run(input, mode, collectsGarbage);
  const { completedAtMs: _, ...result } = { completedAtMs: 0, ...(await new Store(cloud, SESSION).result()) };

  const ran = cloud.records.filter(({ outcome }) => outcome === 'ran').map(({ node }) => node);
  expect(ran, 'nodes with an effective run').toEqual([...new Set(ran)]);
  expect(cloud.lateRunCount, 'runs after the end').toBe(0);
  for (const texts of cloud.sent.values()) expect(texts.size, 'events to one node').toBe(1);
  if (collectsGarbage) {
    const left = await cloud.table.list(SESSION);
    expect([...left.keys()], 'items left').toEqual([END_ITEM]);
    const { object } = { object: undefined, ...left.get(END_ITEM) };
    expect(await cloud.objects.list(''), 'objects left').toEqual(object === undefined ? [] : [object]);
  }
  met.schedules += 1;
  met.crashes += cloud.crashCount;
  met.duplicates += cloud.duplicateCount;
  met.startedEarly += cloud.records.filter(({ inputs }) =>
    inputs.some(({ resolvedAtStart }) => !resolvedAtStart),
  ).length;
  return { result: withoutIds(result), records: cloud.records };
}

/** For definitions that have ARNs. */
export function noPlaceholder(key: string): never {
  throw new Error(`expected no placeholder, got one of ${key}`);
}
