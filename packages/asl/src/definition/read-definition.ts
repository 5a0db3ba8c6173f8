import { isJsonObject, type Json } from '../json.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Machine } from './machine.ts';
import { topFields } from './machine-fields.ts';
import { findNotBuilt } from './not-built.ts';
import { allMachines, type RawMachine, statesOf, withoutComments } from './raw-machines.ts';
import { readMachine, refuse } from './read-machine.ts';

/** A workflow that was read, checked and may be run. */
export interface Definition extends Machine {
  /** How long an execution may take; no limit where undefined. */
  readonly timeoutSeconds: number | undefined;
}

export type ParsedDefinition =
  | { readonly ok: true; readonly definition: Definition }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Far beyond any definition that people write; the checks recurse. */
const MAX_NESTING = 200;

/**
 * Reads a definition's JSON text.
 *
 * @param check What else is wrong with a definition of which every field is right by itself.
 */
export function readDefinition(
  text: string,
  check: (machine: RawMachine) => readonly Diagnostic[],
): ParsedDefinition {
  const json = readJson(text);
  if (typeof json === 'string') return refused('INVALID_JSON_DESCRIPTION', json);
  const top = { fields: withoutComments(json.object), location: '' };
  const notBuilt = allMachines(top)
    .flatMap(statesOf)
    .flatMap((state) => findNotBuilt(state.fields, state.location));
  if (notBuilt.length > 0) return { ok: false, diagnostics: notBuilt };
  const findings: Diagnostic[] = [];
  const fields = topFields.safeParse(top.fields);
  refuse(fields.error, '', findings);
  const language = fields.data?.QueryLanguage ?? 'JSONPath';
  const machine = readMachine(top, language, new Set(), findings);
  if (findings.length === 0) findings.push(...check(top));
  if (findings.length > 0) return { ok: false, diagnostics: findings };
  return { ok: true, definition: { ...machine, timeoutSeconds: fields.data?.TimeoutSeconds } };
}

/** The object that the text is, or what is wrong with it. */
function readJson(text: string): { object: Readonly<Record<string, Json>> } | string {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!isJsonObject(value)) return 'expected a JSON object';
  return isDeeperThan(value, MAX_NESTING) ? `nested deeper than ${MAX_NESTING} levels` : { object: value };
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member: Json) => isDeeperThan(member, levels - 1));
}

function refused(code: string, message: string): ParsedDefinition {
  return { ok: false, diagnostics: [{ severity: 'ERROR', code, message, location: undefined }] };
}

/**
 * Reads the text of a definition that parseDefinition takes. The check by asl-validator, which is more code than all else and takes a
 * tenth of a second, is left out: for what starts often and runs what was checked when it was deployed.
 */
export function readCheckedDefinition(text: string): ParsedDefinition {
  return readDefinition(text, () => []);
}
