import type { z } from 'zod';
import { invalidToken } from './errors.ts';

/** Where the next page begins, opaque to the client. */
export function encodePageToken(position: Readonly<Record<string, string | number | boolean>>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

export function decodePageToken<Schema extends z.ZodType>(token: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
  } catch {
    throw invalidToken();
  }
}
