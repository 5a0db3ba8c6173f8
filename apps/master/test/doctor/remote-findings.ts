import { allChecks } from '../../src/doctor/checks/all.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { type AwsAnswer, type AwsRequest, scriptedAws } from './scripted-aws.ts';
import { surroundingsIn } from './surroundings.ts';

const remoteIds = [
  'endpoint',
  'clock',
  'identity',
  'buckets',
  'permissions',
  'concurrency',
  'credentials',
  'region',
];
/** Those about the target, without what they build on of this machine. */
export const remoteChecks = allChecks.filter(({ id }) => remoteIds.includes(id));

type Script = Parameters<typeof scriptedAws>[0];

/** What they find at an endpoint that answers by a script, and what it was asked. */
export async function remoteFindings(dir: string, script?: Script, flags?: Readonly<Record<string, string>>) {
  await using aws = await scriptedAws(script);
  using surroundings = surroundingsIn(dir, { target: aws.url, ...(flags === undefined ? {} : { flags }) });
  const signal = new AbortController().signal;
  const found = await runChecks(remoteChecks, surroundings, { signal, limitMs: 20_000 });
  return { byId: Object.fromEntries(found.map((finding) => [finding.id, finding])), requests: aws.requests };
}

export const onlyFor = (service: string, answer: AwsAnswer) => (request: AwsRequest) =>
  request.service === service ? answer : undefined;
