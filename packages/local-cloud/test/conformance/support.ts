import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation } from '../../conformance/compare/compare-case.ts';
import type { ActualEvent, RecordedEvent } from '../../conformance/compare/event.ts';
import { isObject } from '../../conformance/compare/json-text.ts';
import type { RecordedCase } from '../../conformance/recorded-case.ts';

/** What AWS may have answered when the case was recorded: every placeholder a value, texts unparsed again. */
export function observationOf({ expected }: RecordedCase): Observation {
  return {
    status: expected.status,
    output:
      expected.output === null && expected.status !== 'SUCCEEDED'
        ? undefined
        : withValues(JSON.stringify(expected.output)),
    error: expected.error === null ? undefined : withValues(expected.error),
    cause: expected.cause === null ? undefined : text(expected.cause),
    events: (expected.events ?? []).map(actualEvent),
  };
}

function actualEvent(event: RecordedEvent): ActualEvent {
  return {
    id: Number(event.id),
    previousEventId: event.previousEventId,
    type: event.type,
    detailsKey: event.details_key,
    details: event.details && Object.fromEntries(Object.entries(event.details).map(unparsed)),
  };
}

function unparsed([name, value]: [string, unknown]): [string, unknown] {
  if (name.endsWith('Details')) return [name, value];
  if (name === 'assignedVariables' && isObject(value)) {
    return [name, Object.fromEntries(Object.entries(value).map(([key, member]) => [key, text(member)]))];
  }
  return [name, isObject(value) || typeof value === 'string' ? text(value) : value];
}

function text(value: unknown): string {
  return withValues(typeof value === 'string' ? value : JSON.stringify(value));
}

function withValues(recorded: string): string {
  return recorded
    .replaceAll(/<uuid:(\d+)>/g, (_, n: string) => `00000000-0000-4000-8000-${n.padStart(12, '0')}`)
    .replaceAll(/<([A-Za-z][\w.:-]*)>/g, 'value-of-$1');
}

/** A folder for all tests of a file. */
export function removeLater(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'skyground-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
