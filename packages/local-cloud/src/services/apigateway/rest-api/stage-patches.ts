import { badRequest } from '../errors.ts';
import { stageVariables } from '../state/stage-members.ts';
import { type Patch, unescaped } from './patch.ts';
import type { RestStageRecord } from './records.ts';

/** What UpdateStage can change. */
export const STAGE_PATCHES: readonly Patch<RestStageRecord>[] = [
  {
    path: /^\/deploymentId$/,
    ops: ['replace'],
    apply: (stage, { value = '' }) => ({ ...stage, deploymentId: value }),
  },
  {
    path: /^\/description$/,
    ops: ['replace'],
    apply: (stage, { value }) => ({ ...stage, description: value }),
  },
  {
    path: /^\/variables\/([^/]+)$/,
    ops: ['add', 'replace', 'remove'],
    apply: (stage, { op, value = '' }, [escaped = '']) => {
      const name = unescaped(escaped);
      const { [name]: _, ...others } = stage.variables;
      if (op === 'remove') return { ...stage, variables: others };
      const variables = stageVariables.safeParse({ ...others, [name]: value });
      if (!variables.success) throw badRequest(`Invalid stage variable ${name}: '${value}'`);
      return { ...stage, variables: variables.data };
    },
  },
  {
    // `/*/*/throttling/rateLimit` for every method, `/pets~1{id}/GET/throttling/burstLimit` for one.
    path: /^\/(\*\/\*|[^/*]+\/(?:GET|PUT|POST|DELETE|PATCH|OPTIONS|HEAD|ANY))\/throttling\/(rateLimit|burstLimit)$/,
    ops: ['replace'],
    apply: (stage, { value = '' }, [method = '', limit = '']) => {
      const key = method.replace(/^~1/, '');
      const number = Number(value);
      if (value === '' || !(number >= 0) || (limit === 'burstLimit' && !Number.isInteger(number))) {
        throw badRequest(`Invalid throttling ${limit}: expected a number of at least 0, found '${value}'`);
      }
      const limits = { ...stage.methodThrottling[key], [limit]: number };
      return { ...stage, methodThrottling: { ...stage.methodThrottling, [key]: limits } };
    },
  },
];
