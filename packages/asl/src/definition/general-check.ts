// The package has no types; this file is also read from packages whose tsconfig does not include ours.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./asl-validator.d.ts" />
import validate from 'asl-validator';
import { boundedCache } from '../expressions/bounded-cache.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Diagnostic } from './diagnostic.ts';
import { innerMachines, type RawMachine, statesOf } from './raw-machines.ts';

/**
 * What asl-validator finds: fields that exclude or need each other, ends that are missing, names that are taken, bad ARNs. What each
 * field holds is for our own schemas: asl-validator refuses much that AWS takes, such as expressions of several lines, empty
 * strings, constants as Output, and takes every `States` in data for the machine's.
 */
export function checkGenerally(machine: RawMachine): readonly Diagnostic[] {
  return findingsIn(JSON.stringify(machineOutline(machine.fields)));
}

const CACHED_OUTLINES = 256;

/** asl-validator takes tens of milliseconds; many definitions have one outline. */
const findingsIn = boundedCache(CACHED_OUTLINES, (text): readonly Diagnostic[] => {
  const outline: object = JSON.parse(text);
  return validate(outline, { checkPaths: false, checkArn: true }).errors.map((error) => ({
    severity: 'ERROR',
    code: error['Error code'],
    message: error.Message,
    location: error.schemaError?.instancePath.replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]'),
  }));
});

function machineOutline(machine: JsonObject): JsonObject {
  const states = statesOf({ fields: machine, location: '' }).map(
    ({ name, fields }) => [name, stateOutline(fields)] as const,
  );
  return { StartAt: machine['StartAt'] ?? '', States: Object.fromEntries(states) };
}

/** What stays as it is, and what is only there or not. The outline is one of JSONPath, which has each field of JSONata or its like. */
const KEPT = ['Type', 'Resource', 'Next', 'Default', 'End'];
const STAND_INS: JsonObject = {
  Cause: '',
  CausePath: '$',
  Error: '',
  ErrorPath: '$',
  ItemSelector: {},
  MaxConcurrency: 1,
  MaxConcurrencyPath: '$',
  Parameters: {},
  Seconds: 1,
  SecondsPath: '$',
  TimeoutSeconds: 1,
  TimeoutSecondsPath: '$',
  Timestamp: '2026-01-01T00:00:00Z',
  TimestampPath: '$',
  ToleratedFailureCount: 1,
  ToleratedFailureCountPath: '$',
  ToleratedFailurePercentage: 1,
  ToleratedFailurePercentagePath: '$',
};

function stateOutline(state: JsonObject): JsonObject {
  const { Choices, Branches, Catch } = state;
  const outline: Record<string, Json> = {};
  for (const field of KEPT) if (state[field] !== undefined) outline[field] = state[field];
  for (const [field, standIn] of Object.entries(STAND_INS)) if (field in state) outline[field] = standIn;
  if (isList(Choices))
    outline['Choices'] = Choices.map((choice) => ({
      Variable: '$',
      IsPresent: true,
      Next: targetOf(choice),
    }));
  if (isList(Catch))
    outline['Catch'] = Catch.map((catcher) => ({ ErrorEquals: ['E'], Next: targetOf(catcher) }));
  if (isList(Branches)) outline['Branches'] = Branches.flatMap(branchOutline);
  for (const { fields, location } of innerMachines({ ...state, Branches: null }, '')) {
    outline[location.slice(1)] = machineOutline(fields);
  }
  return outline;
}

function targetOf(entry: Json): Json {
  return (isJsonObject(entry) && entry['Next']) || '';
}

function branchOutline(branch: Json): JsonObject[] {
  return isJsonObject(branch) ? [machineOutline(branch)] : [];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
