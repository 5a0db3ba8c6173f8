/** What a Task state's Resource names. */
export type Resource =
  | { readonly kind: 'function' }
  /** The two parts as history writes them: `lambda` and `invoke`, `aws-sdk:s3` and `getObject`, `states` and `startExecution.sync:2`. */
  | { readonly kind: 'integration'; readonly service: string; readonly action: string }
  | { readonly kind: 'activity' }
  | { readonly kind: 'unknown' };

const FUNCTION = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:.+$/;
const ACTIVITY = /^arn:[^:]+:states:[^:]+:[^:]+:activity:.+$/;
const INTEGRATION = /^arn:[^:]+:states:[^:]*:[^:]*:(?<service>aws-sdk:[^:]+|[^:]+):(?<action>.+)$/;

export function readResource(arn: string): Resource {
  if (FUNCTION.test(arn)) return { kind: 'function' };
  if (ACTIVITY.test(arn)) return { kind: 'activity' };
  const { service, action } = INTEGRATION.exec(arn)?.groups ?? {};
  if (service === undefined || action === undefined) return { kind: 'unknown' };
  return { kind: 'integration', service, action };
}
