import * as z from 'zod';

/** Which run of the workflow: a part of object keys, so nothing in it may mean another place. */
export const sessionSchema = z
  .string()
  .regex(/^[\w-]{1,80}$/, 'expected 1 to 80 letters, digits, hyphens or underscores');
