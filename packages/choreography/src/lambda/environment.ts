import { ChoreographyError } from '../errors.ts';

/** Set at deploy, read by the functions. */
export const TABLE_VARIABLE = 'SKYGROUND_CHOREOGRAPHY_TABLE';
export const BUCKET_VARIABLE = 'SKYGROUND_CHOREOGRAPHY_BUCKET';
/** Before the key of each function of the app. */
const FUNCTION_VARIABLE = 'SKYGROUND_FUNCTION_';

/** Keys that have a variable. */
const KEY = /^[A-Za-z][A-Za-z0-9_]*$/;

export type Variables = Readonly<Record<string, string | undefined>>;

export function functionVariable(key: string): string {
  if (!KEY.test(key))
    throw new ChoreographyError(
      `function ${key}: expected a key of letters, digits and _, which a variable can hold`,
    );
  return `${FUNCTION_VARIABLE}${key}`;
}

export function variable(variables: Variables, name: string): string {
  const value = variables[name];
  if (value === undefined || value === '')
    throw new ChoreographyError(
      `${name}: expected what choreographed() gives a function at deploy, but it is not set. Deploy the function again.`,
    );
  return value;
}
