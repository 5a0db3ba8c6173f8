import type { z } from 'zod';
import { invalidToken } from './position.ts';

/** The last item of a page of groups or streams, opaque to the client. */
export function encodeListToken(last: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(last)).toString('base64url');
}

export function decodeListToken<Schema extends z.ZodType>(token: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
  } catch {
    throw invalidToken();
  }
}
