import * as z from 'zod';
import { jsonPathState } from './json-path-states.ts';
import { jsonataState } from './jsonata-states.ts';

export const stateFields = z.discriminatedUnion('QueryLanguage', [jsonPathState, jsonataState]);

export type StateFields = z.infer<typeof stateFields>;
export type FieldsOf<Type extends StateFields['Type']> = Extract<StateFields, { Type: Type }>;
export type JsonPathFields = Extract<StateFields, { QueryLanguage: 'JSONPath' }>;
/** States that have an output. */
export type LeavingFields = Exclude<StateFields, { Type: 'Fail' }>;
