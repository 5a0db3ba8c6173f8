import { relative } from 'node:path';
import type { LocalCloud } from '../local-cloud.ts';
import type { CpuShareSetting } from '../services/lambda/index.ts';

/** What a person needs to use the cloud from another terminal. */
export function instructions(
  { endpoint, region, credentials, cpuShare }: LocalCloud,
  stateDir: string,
): string {
  const fromHere = relative(process.cwd(), stateDir);
  const folder = fromHere === '' || fromHere.startsWith('..') ? stateDir : fromHere;
  return `Skyground's local cloud serves ${endpoint}
State is kept in ${folder}. Ctrl-C stops it.
${cpuShareLine(cpuShare)}

For the AWS CLI, boto3 and the SDKs (the keys open this state folder's cloud and nothing else):

  export AWS_ENDPOINT_URL=${endpoint}
  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}
  export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}
  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
  unset AWS_PROFILE AWS_SESSION_TOKEN

AWS CLI before 2.13 and boto3 before 1.28 do not read AWS_ENDPOINT_URL: give them
--endpoint-url ${endpoint} (boto3: endpoint_url='${endpoint}').
`;
}

function cpuShareLine(cpuShare: CpuShareSetting): string {
  if (cpuShare.kind === 'off') return 'CPU share: off. Every function has what this machine gives it.';
  const means =
    cpuShare.means === 'cgroup'
      ? "by control group (the kernel's CPU quota)"
      : 'by stopping and continuing processes (no control group with a CPU quota can be made here)';
  return `CPU share: as on AWS, ${means}. A function of less than 1,769 MB has less than one core.`;
}
