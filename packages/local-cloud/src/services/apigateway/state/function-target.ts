import { badRequest } from '../errors.ts';

const FUNCTION_ARN =
  /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9-_]{1,64}(?::(?:\$LATEST|[a-zA-Z0-9-_]+))?$/;
const INVOCATION_URI =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** The function that an integration of an HTTP API names, by its ARN or by the URI that API Gateway invokes it at. */
export function functionArnOf(uri: string): string {
  const arn = INVOCATION_URI.exec(uri)?.[1] ?? uri;
  if (!FUNCTION_ARN.test(arn)) {
    throw badRequest(
      `Invalid function ARN or invalid uri: expected arn:aws:lambda:REGION:ACCOUNT:function:NAME, or ` +
        `arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION_ARN/invocations, found '${uri.slice(0, 200)}'. ` +
        'Stage variables in it are not supported.',
    );
  }
  return arn;
}

/** REST APIs take the URI alone, and refuse the rest in these words. */
export function invokedFunctionArnOf(uri: string): string {
  if (!uri.startsWith('arn:')) throw badRequest('Invalid ARN specified in the request');
  if (!/:(?:path|action)\//.test(uri))
    throw badRequest('AWS ARN for integration must contain path or action');
  if (!INVOCATION_URI.test(uri)) {
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  }
  return functionArnOf(uri);
}
