// The package has no types; this file is also read from packages whose tsconfig does not include ours.
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported
/// <reference path="./asl-validator.d.ts" />
import validate from 'asl-validator';
import { isExpression } from '../expressions/jsonata.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Diagnostic } from './diagnostic.ts';
import { innerMachines, type RawMachine, statesOf } from './raw-machines.ts';

/** What asl-validator finds; paths are ours to check, it does not know all that AWS takes. It costs tens of milliseconds. */
export function checkGenerally(machine: RawMachine): Diagnostic[] {
  return validate(validatable(machine.fields), { checkPaths: false, checkArn: true }).errors.map((error) => ({
    severity: 'ERROR',
    code: error['Error code'],
    message: error.Message,
    location: error.schemaError?.instancePath.replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]'),
  }));
}

/**
 * A copy that asl-validator can judge, and write into. It refuses some of what AWS takes: constants as Output (`"Output": null`),
 * a constant Condition, constants inside lists of Assign. And it takes every `States` or `Next` for the machine's, also in data.
 */
function validatable(machine: JsonObject): JsonObject {
  const states = statesOf({ fields: machine, location: '' }).map(({ name, fields }) => [
    name,
    validatableState(fields),
  ]);
  return { ...machine, States: Object.fromEntries(states) };
}

function validatableState(state: JsonObject): JsonObject {
  const { Choices, Catch, Branches, ...rest } = state;
  const copy: Record<string, Json> = { ...validatableFields(rest) };
  for (const [name, list] of Object.entries({ Choices, Catch })) {
    if (list !== undefined) copy[name] = isList(list) ? list.map(validatableEntry) : list;
  }
  if (isList(Branches)) copy['Branches'] = Branches.map(validatableMachine);
  for (const { fields, location } of innerMachines(rest, '')) copy[location.slice(1)] = validatable(fields);
  return copy;
}

function validatableMachine(branch: Json): Json {
  return isJsonObject(branch) ? validatable(branch) : branch;
}

/** An entry of Choices or Catch. */
function validatableEntry(entry: Json): Json {
  if (!isJsonObject(entry)) return entry;
  const fields = validatableFields(entry);
  return typeof entry['Condition'] === 'boolean' ? { ...fields, Condition: '{% true %}' } : fields;
}

const TEMPLATES = new Set([
  'Arguments',
  'Assign',
  'Credentials',
  'ItemSelector',
  'Items',
  'Output',
  'Parameters',
  'ResultSelector',
]);

function validatableFields(fields: JsonObject): JsonObject {
  const kept = Object.entries(fields).filter(
    ([name, value]) => name !== 'Result' && !(name === 'Output' && !isChecked(value)),
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      TEMPLATES.has(name) ? validatableTemplate(value, name === 'Assign') : value,
    ]),
  );
}

function isChecked(output: Json): boolean {
  return isJsonObject(output) || (typeof output === 'string' && isExpression(output));
}

const MACHINE_WORDS = new Set(['States', 'Next', 'Default', 'Branches', 'Iterator']);

function validatableTemplate(template: Json, isAssign: boolean): Json {
  if (isList(template)) return template.map((item) => validatableTemplate(item, isAssign));
  if (!isJsonObject(template)) return template;
  const members = Object.entries(template).filter(([, value]) => !(isAssign && isList(value)));
  return Object.fromEntries(
    members.map(([key, value]) => [
      MACHINE_WORDS.has(key) ? `${key}_` : key,
      validatableTemplate(value, isAssign),
    ]),
  );
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
