import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as far as the scripts tell them apart. */
export interface AwsRequest {
  /** From the signature's scope: `sts`, `s3`, `lambda`, `logs`, `iam`; empty where there is none. */
  readonly service: string;
  readonly method: string;
  readonly url: string;
  /** Query and JSON protocols name the operation in the body or a header. */
  readonly operation: string;
  readonly body: string;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Undefined: as a fresh account that allows everything but IAM's simulator answers. */
type Script = (request: AwsRequest) => AwsAnswer | 'hang' | undefined;

/** An endpoint that speaks as AWS does and answers by a script. `requests` are all that came. */
export async function scriptedAws(script: Script = () => undefined) {
  const requests: AwsRequest[] = [];
  const answerTo = async (request: IncomingMessage, response: ServerResponse) => {
    const seen = await read(request);
    requests.push(seen);
    const answer = script(seen) ?? freshAccount(seen);
    if (answer === 'hang') return;
    response.writeHead(answer.status, answer.headers).end(seen.method === 'HEAD' ? undefined : answer.body);
  };
  const server = createServer((request, response) => void answerTo(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<AwsRequest> {
  const { method = '', url = '', headers } = request;
  const body = await text(request);
  const target = headers['x-amz-target'];
  return {
    service: /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '',
    method,
    url,
    operation: String(target ?? new URLSearchParams(body).get('Action') ?? ''),
    body,
  };
}

/** An error of the query services (STS, IAM). */
export function queryError(code: string, message: string, status = 403): AwsAnswer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** An error of the JSON services (Lambda, logs). */
export function jsonError(code: string, message: string, status = 400): AwsAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}

export function s3Error(code: string, status: number): AwsAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  };
}

export function xml(body: string): AwsAnswer {
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

export function json(value: unknown): AwsAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

export function callerIs(arn: string): AwsAnswer {
  return xml(
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}

export function accountSettings(limit: number, unreserved: number): AwsAnswer {
  return json({
    AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved },
  });
}

/** What IAM's simulator says of each action. */
export function simulated(decisions: readonly (readonly [action: string, decision: string])[]): AwsAnswer {
  const members = decisions.map(
    ([action, decision]) =>
      `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`,
  );
  return xml(
    `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>${members.join('')}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
  );
}

export function roleIs(arn: string): AwsAnswer {
  const role = `<Role><Arn>${arn}</Arn><RoleName>Dev</RoleName><RoleId>AROAEXAMPLE</RoleId><Path>/</Path><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>`;
  return xml(`<GetRoleResponse><GetRoleResult>${role}</GetRoleResult></GetRoleResponse>`);
}

export const isAccountSettings = ({ service, url }: AwsRequest) =>
  service === 'lambda' && url.includes('account-settings');

function freshAccount(request: AwsRequest): AwsAnswer {
  const { service, operation } = request;
  if (service === 'sts') return callerIs('arn:aws:iam::123456789012:user/ada');
  if (isAccountSettings(request)) return accountSettings(1000, 1000);
  if (service === 'lambda') return jsonError('ResourceNotFoundException', 'no such function', 404);
  if (operation.endsWith('DescribeLogGroups')) return json({ logGroups: [] });
  if (service === 'logs') return jsonError('ResourceNotFoundException', 'no such group');
  if (operation === 'SimulatePrincipalPolicy') return queryError('AccessDenied', 'may not simulate');
  if (service === 'iam') return queryError('NoSuchEntity', 'no such role', 404);
  if (service === 's3') return s3Error('NotFound', 404);
  // Unsigned: only whether somebody is there.
  return { status: 403 };
}
