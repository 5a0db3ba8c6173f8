import type { Cors } from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import { badRequest } from '../errors.ts';
import type { CorsRecord } from './records.ts';

const MAX_AGE_SECONDS = 86_400;
const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', '*']);
/** As fetch speaks of it, with the one wild card that AWS takes in it. */
const ORIGIN = /^(?:\*|https?:\/\/\*|[a-z][a-z0-9+.-]*:\/\/[^\s/,*]+)$/i;
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

export const corsMember = z.strictObject({
  AllowCredentials: z.boolean().optional(),
  AllowHeaders: z.array(z.string()).optional(),
  AllowMethods: z.array(z.string()).optional(),
  AllowOrigins: z.array(z.string()).optional(),
  ExposeHeaders: z.array(z.string()).optional(),
  MaxAge: z.number().int().min(-1).max(MAX_AGE_SECONDS).optional(),
});

/** Checked, so that every value can be a header; undefined for a configuration that says nothing. */
export function corsOf(given: z.output<typeof corsMember> | undefined): CorsRecord | undefined {
  if (given === undefined || Object.keys(given).length === 0) return undefined;
  const cors = {
    allowCredentials: given.AllowCredentials ?? false,
    allowHeaders: given.AllowHeaders ?? [],
    allowMethods: given.AllowMethods ?? [],
    allowOrigins: given.AllowOrigins ?? [],
    exposeHeaders: given.ExposeHeaders ?? [],
    maxAgeSeconds: given.MaxAge,
  };
  const badOrigin = cors.allowOrigins.find((origin) => !ORIGIN.test(origin));
  if (badOrigin !== undefined) {
    throw badRequest(`Invalid format for origin ${badOrigin}: expected '*' or SCHEME://HOST[:PORT].`);
  }
  const badMethod = cors.allowMethods.find((method) => !METHODS.has(method));
  if (badMethod !== undefined) {
    throw badRequest(`Invalid CORS method ${badMethod}: expected one of ${[...METHODS].join(', ')}.`);
  }
  const badHeader = [...cors.allowHeaders, ...cors.exposeHeaders].find((name) => !HEADER_NAME.test(name));
  if (badHeader !== undefined)
    throw badRequest(`Invalid CORS header ${badHeader}: expected a header's name.`);
  if (cors.allowCredentials && cors.allowOrigins.includes('*')) {
    throw badRequest("AllowCredentials cannot be true when AllowOrigins contains '*'.");
  }
  return cors;
}

export function wireCors(cors: CorsRecord): Cors {
  return {
    AllowCredentials: cors.allowCredentials,
    ...(cors.allowHeaders.length > 0 && { AllowHeaders: cors.allowHeaders }),
    ...(cors.allowMethods.length > 0 && { AllowMethods: cors.allowMethods }),
    ...(cors.allowOrigins.length > 0 && { AllowOrigins: cors.allowOrigins }),
    ...(cors.exposeHeaders.length > 0 && { ExposeHeaders: cors.exposeHeaders }),
    MaxAge: cors.maxAgeSeconds ?? 0,
  };
}
