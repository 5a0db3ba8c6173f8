import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** Where a member travels in HTTP, compiled once per operation. */
export interface MemberBindings {
  readonly headers: readonly BoundMember[];
  readonly prefixHeaders: readonly BoundMember[];
  readonly query: readonly BoundMember[];
  readonly labels: readonly string[];
  /** The member that is the whole body, if one is. */
  readonly payload: (BoundMember & { readonly streaming: boolean }) | undefined;
  readonly statusCode: string | undefined;
  /** A structure of the members that share the body, if there are any. */
  readonly body: StaticStructureSchema | undefined;
}

export interface BoundMember {
  readonly name: string;
  /** Header (lower case), header prefix (lower case) or query parameter. */
  readonly wireName: string;
  readonly schema: NormalizedSchema;
  readonly required: boolean;
}

export interface OperationModel {
  readonly name: string;
  /** Empty for the RPC protocols, which know only POST /. */
  readonly method: string;
  readonly pathPattern: string;
  /** Query parameters that are part of the operation's address (`?uploads`), the advisory x-id left out. */
  readonly staticQuery: readonly (readonly [name: string, value: string])[];
  readonly successStatus: number;
  readonly input: MemberBindings;
  readonly output: MemberBindings;
  readonly inputSchema: NormalizedSchema;
  readonly outputSchema: NormalizedSchema;
}

export function isOperationSchema(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

export function operationModel(schema: StaticOperationSchema): OperationModel {
  const [, , name, traits, input, output] = schema;
  const http = typeof traits === 'object' ? traits.http : undefined;
  const [method = '', uri = '/', successStatus = 200] = http ?? [];
  const [pathPattern = '/', search = ''] = uri.split('?');
  const inputSchema = NormalizedSchema.of(input);
  const outputSchema = NormalizedSchema.of(output);
  return {
    name,
    method,
    pathPattern,
    staticQuery: [...new URLSearchParams(search)].filter(([key]) => key !== 'x-id'),
    successStatus,
    input: memberBindings(inputSchema),
    output: memberBindings(outputSchema),
    inputSchema,
    outputSchema,
  };
}

function memberBindings(schema: NormalizedSchema): MemberBindings {
  const headers: BoundMember[] = [];
  const prefixHeaders: BoundMember[] = [];
  const query: BoundMember[] = [];
  const labels: string[] = [];
  const bodyNames: string[] = [];
  const bodySchemas: $SchemaRef[] = [];
  let payload: MemberBindings['payload'];
  let statusCode: string | undefined;
  const required = requiredMembers(schema);
  for (const [name, member] of schema.isStructSchema() ? schema.structIterator() : []) {
    const traits = member.getMergedTraits();
    const bound = (wireName: string): BoundMember => ({
      name,
      wireName,
      schema: member,
      required: required.has(name),
    });
    if (traits.httpLabel) labels.push(name);
    else if (traits.httpHeader !== undefined) headers.push(bound(traits.httpHeader.toLowerCase()));
    else if (traits.httpPrefixHeaders !== undefined)
      prefixHeaders.push(bound(traits.httpPrefixHeaders.toLowerCase()));
    else if (traits.httpQuery !== undefined) query.push(bound(traits.httpQuery));
    else if (traits.httpPayload) payload = { ...bound(''), streaming: member.isStreaming() };
    else if (traits.httpResponseCode) statusCode = name;
    else {
      bodyNames.push(name);
      bodySchemas.push(member);
    }
  }
  const body = bodyNames.length === 0 ? undefined : structureOf(schema, bodyNames, bodySchemas);
  return { headers, prefixHeaders, query, labels, payload, statusCode, body };
}

function structureOf(
  schema: NormalizedSchema,
  names: string[],
  members: $SchemaRef[],
): StaticStructureSchema {
  const name = schema.getName() ?? '';
  const namespace = schema.getName(true)?.split('#')[0] ?? '';
  return [3, namespace, name, schema.getMergedTraits(), names, members];
}

/** A structure's schema lists its required members first and their number last. */
export function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const source: unknown = schema.getSchema();
  if (!Array.isArray(source)) return new Set();
  const [, , , , names, , count = 0]: unknown[] = source;
  return new Set(Array.isArray(names) && typeof count === 'number' ? names.slice(0, count) : []);
}
