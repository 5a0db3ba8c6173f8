import * as z from 'zod/mini';

const bodySchema = z.strictObject({
  experiment_type: z._default(z.enum(['CHAIN', 'PARALLEL']), 'CHAIN'),
});

export type ExperimentType = z.output<typeof bodySchema>['experiment_type'];

/** Which experiment a request asks for, or why it cannot be told. */
export type Asked =
  | { readonly kind: 'experiment'; readonly experimentType: ExperimentType }
  | { readonly kind: 'refused'; readonly reason: string };

/** How much of what came is said again. */
const MAX_QUOTED = 60;

/** Reads the body of a POST; none asks for the CHAIN. A misspelt member is refused, since it would start another experiment than was meant. */
export function readBody(text: string | null): Asked {
  let body: unknown;
  try {
    body = JSON.parse(text ?? '{}');
  } catch {
    return refused('expected JSON such as {"experiment_type":"CHAIN"}', text);
  }
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return { kind: 'experiment', experimentType: parsed.data.experiment_type };
  const [issue] = parsed.error.issues;
  if (issue?.path[0] === 'experiment_type' && isObject(body))
    return refused(
      'experiment_type: expected "CHAIN" or "PARALLEL"',
      JSON.stringify(body['experiment_type']),
    );
  return refused('expected a JSON object with nothing but experiment_type, "CHAIN" or "PARALLEL"', text);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function refused(expected: string, received: string | null): Asked {
  const quoted = received === null ? 'nothing' : received.slice(0, MAX_QUOTED);
  const more = (received?.length ?? 0) > MAX_QUOTED ? ' ...' : '';
  return { kind: 'refused', reason: `${expected}, received ${quoted}${more}` };
}
