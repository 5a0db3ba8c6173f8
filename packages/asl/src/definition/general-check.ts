// The package has no types; this file is also read from packages whose tsconfig does not include ours.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./asl-validator.d.ts" />
import validate from 'asl-validator';
import { isExpression } from '../expressions/jsonata.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Diagnostic } from './diagnostic.ts';
import { allMachines, type RawMachine, statesOf } from './raw-machines.ts';

/** What asl-validator finds. It costs tens of milliseconds, and it writes into what it is given: it gets a copy. */
export function checkGenerally(machine: RawMachine): Diagnostic[] {
  const copy = structuredClone(machine.fields);
  for (const inner of allMachines({ fields: copy, location: '' })) {
    for (const state of statesOf(inner)) hideWhatTheValidatorGetsWrong(state.fields);
  }
  return validate(copy).errors.map((error) => ({
    severity: 'ERROR',
    code: error['Error code'],
    message: error.Message,
    location: error.schemaError?.instancePath.replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]'),
  }));
}

/**
 * asl-validator refuses some of what AWS takes: constants as Output (`"Output": null`), a constant Condition, constants inside
 * lists of Assign. They need no check.
 */
function hideWhatTheValidatorGetsWrong(state: Record<string, Json>): void {
  dropConstantOutput(state);
  for (const choice of Array.isArray(state['Choices']) ? state['Choices'] : []) {
    if (!isJsonObject(choice)) continue;
    dropConstantOutput(choice);
    if (typeof choice['Condition'] === 'boolean') Object.assign(choice, { Condition: '{% true %}' });
    if (isJsonObject(choice['Assign'])) Object.assign(choice, { Assign: withoutLists(choice['Assign']) });
  }
  if (isJsonObject(state['Assign'])) state['Assign'] = withoutLists(state['Assign']);
}

function dropConstantOutput(holder: Record<string, Json>): void {
  const output = holder['Output'];
  const isChecked = isJsonObject(output) || (typeof output === 'string' && isExpression(output));
  if (!isChecked) delete holder['Output'];
}

function withoutLists(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !Array.isArray(member))
      .map(([key, member]) => [key, isJsonObject(member) ? withoutLists(member) : member]),
  );
}
