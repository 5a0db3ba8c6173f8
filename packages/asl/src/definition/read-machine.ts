import type { z } from 'zod';
import { type Diagnostic, schemaError } from './diagnostic.ts';
import type { Machine, State } from './machine.ts';
import { machineFields } from './machine-fields.ts';
import { innerMachines, type RawMachine, statesOf } from './raw-machines.ts';
import { type StateFields, stateFields } from './state-fields.ts';

type QueryLanguage = StateFields['QueryLanguage'];

/**
 * Reads the states of a machine strictly. What is wrong goes to `findings`; the machine is then not to be used.
 * Variables that outer machines assign must not be assigned inside.
 */
export function readMachine(
  raw: RawMachine,
  language: QueryLanguage,
  outerVariables: ReadonlySet<string>,
  findings: Diagnostic[],
): Machine {
  const states = new Map<string, State>();
  const own = new Set<string>();
  const read = statesOf(raw).map((state) => ({ ...state, ...readFields(state, language, findings) }));
  for (const { read: fields, location } of read) {
    for (const variable of fields === undefined ? [] : assignedVariables(fields)) {
      if (outerVariables.has(variable)) {
        findings.push(schemaError(`Variable "${variable}" is already assigned in an outer scope`, location));
      }
      own.add(variable);
    }
  }
  const visible = new Set([...outerVariables, ...own]);
  for (const { name, fields: rawFields, read: fields, location } of read) {
    const inner = innerMachines(rawFields, location).map((machine) => {
      refuse(machineFields.safeParse(machine.fields).error, machine.location, findings);
      return readMachine(machine, language, visible, findings);
    });
    if (fields === undefined) continue;
    states.set(name, { name, fields, inner });
    for (const target of targetsOf(fields)) {
      if (statesOf(raw).some((state) => state.name === target)) continue;
      const message = `Next state "${target}" is not one of the states beside it`;
      findings.push({ severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', message, location });
    }
  }
  return { startAt: String(raw.fields['StartAt']), states };
}

function readFields(
  state: { readonly fields: RawMachine['fields']; readonly location: string },
  language: QueryLanguage,
  findings: Diagnostic[],
): { read: StateFields | undefined } {
  const own = state.fields['QueryLanguage'];
  if (language === 'JSONata' && own === 'JSONPath') {
    const message = 'QueryLanguage cannot be JSONPath where that of the state machine is JSONata';
    findings.push(schemaError(message, `${state.location}/QueryLanguage`));
  }
  const result = stateFields.safeParse({ ...state.fields, QueryLanguage: own ?? language });
  refuse(result.error, state.location, findings);
  return { read: result.data };
}

/** Every finding of a schema with its place. */
export function refuse(error: z.ZodError | undefined, location: string, findings: Diagnostic[]): void {
  for (const issue of error?.issues ?? []) {
    findings.push(schemaError(issue.message, [location, ...issue.path].join('/')));
  }
}

function assignedVariables(fields: StateFields): string[] {
  const holders = [
    fields,
    ...('Choices' in fields ? fields.Choices : []),
    ...('Catch' in fields ? (fields.Catch ?? []) : []),
  ];
  return holders.flatMap((holder) =>
    'Assign' in holder && holder.Assign !== undefined
      ? Object.keys(holder.Assign).map((key) => key.replace(/\.\$$/, ''))
      : [],
  );
}

function targetsOf(fields: StateFields): string[] {
  const targets = [
    'Next' in fields ? fields.Next : undefined,
    'Default' in fields ? fields.Default : undefined,
    ...('Choices' in fields ? fields.Choices.map((choice) => choice.Next) : []),
    ...('Catch' in fields ? (fields.Catch ?? []).map((catcher) => catcher.Next) : []),
  ];
  return targets.filter((target) => target !== undefined);
}
