import type { z } from 'zod';
import { type Diagnostic, placeOf, schemaError } from './diagnostic.ts';
import type { Machine, State } from './machine.ts';
import { machineFields } from './machine-fields.ts';
import { innerMachines, type RawMachine, type RawState, statesOf } from './raw-machines.ts';
import { type StateFields, stateFields } from './state-fields.ts';
import { checkTransitions } from './transitions.ts';
import { variableOf } from './variable-names.ts';

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
  const rawStates = statesOf(raw);
  const read = rawStates.flatMap((state) => {
    const fields = readFields(state, language, findings);
    return fields === undefined ? [] : [{ ...state, fields, rawFields: state.fields }];
  });
  const ownVariables = read.flatMap(({ fields, location }) =>
    assignedVariables(fields).map((variable) => {
      if (outerVariables.has(variable)) {
        const message = `The variable name '${variable}' was already defined in a parent scope.`;
        findings.push(schemaError(message, `${location}/Assign`));
      }
      return variable;
    }),
  );
  const visible = new Set([...outerVariables, ...ownVariables]);
  const states = read.map(({ name, fields, rawFields, location }): State => {
    const inner = innerMachines(rawFields, location).map((machine) => {
      refuse(machineFields.safeParse(machine.fields).error, machine.location, findings);
      return readMachine(machine, language, visible, findings);
    });
    return { name, fields, inner };
  });
  // Whatever is no text has been refused above.
  const given = raw.fields['StartAt'];
  const startAt = typeof given === 'string' ? given : '';
  if (read.length === rawStates.length) findings.push(...checkTransitions(startAt, read, raw.location));
  return { startAt, states: new Map(states.map((state) => [state.name, state])) };
}

function readFields(
  state: RawState,
  language: QueryLanguage,
  findings: Diagnostic[],
): StateFields | undefined {
  const own = state.fields['QueryLanguage'];
  if (language === 'JSONata' && own === 'JSONPath') {
    const message = 'QueryLanguage cannot be JSONPath where that of the state machine is JSONata';
    findings.push(schemaError(message, `${state.location}/QueryLanguage`));
  }
  const result = stateFields.safeParse({ ...state.fields, QueryLanguage: own ?? language });
  refuse(result.error, state.location, findings);
  return result.data;
}

/** Every finding of a schema with its place. */
export function refuse(error: z.ZodError | undefined, location: string, findings: Diagnostic[]): void {
  for (const issue of error?.issues ?? []) {
    findings.push(schemaError(issue.message, placeOf(location, issue.path)));
  }
}

/** The names that a state, its choices and its catchers assign. */
function assignedVariables(fields: StateFields): string[] {
  const holders = [
    fields,
    ...('Choices' in fields ? fields.Choices : []),
    ...('Catch' in fields ? (fields.Catch ?? []) : []),
  ];
  return holders.flatMap((holder) =>
    'Assign' in holder && holder.Assign !== undefined ? Object.keys(holder.Assign).map(variableOf) : [],
  );
}
