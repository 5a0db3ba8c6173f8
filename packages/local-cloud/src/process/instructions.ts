import { relative } from 'node:path';
import type { LocalCloud } from '../local-cloud.ts';

/** What a person needs to use the cloud from another terminal. */
export function instructions({ endpoint, region, credentials }: LocalCloud, stateDir: string): string {
  const fromHere = relative(process.cwd(), stateDir);
  const folder = fromHere === '' || fromHere.startsWith('..') ? stateDir : fromHere;
  return `Skyground's local cloud serves ${endpoint}
State is kept in ${folder}. Ctrl-C stops it.

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
