import { badRequest } from '../errors.ts';

const FUNCTION_ARN =
  /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9-_]{1,64}(?::(?:\$LATEST|[a-zA-Z0-9-_]+))?$/;
const INVOCATION_URI =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** The function that an integration names, by its ARN or by the URI that API Gateway invokes it at. */
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
