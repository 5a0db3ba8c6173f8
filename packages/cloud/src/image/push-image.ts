import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';

import { writeFiles } from '../bundle/write-files.ts';
import { CloudError } from '../errors.ts';
import type { ResourceContext } from '../resources/resource.ts';
import { type ContainerPlatform, docker } from './docker.ts';
import type { FunctionImage } from './function-image.ts';

/** Longer than any logout takes. */
const LOGOUT_MS = 10_000;

/**
 * Builds an image from its Dockerfile and the function's files, and pushes it. A registry has a tag only once all of the image is there,
 * so a stopped push leaves nothing that the next one would take for done.
 */
export async function pushImage(
  image: FunctionImage,
  { clients, declaration, onProgress, signal }: ResourceContext,
): Promise<void> {
  onProgress(`  building the image with Docker: ${image.uri}`);
  await build(image, declaration.architecture === 'x64' ? 'linux/amd64' : 'linux/arm64', signal);
  const { authorizationData } = await clients.ecr.send(new GetAuthorizationTokenCommand({}), {
    abortSignal: signal,
  });
  const password = passwordOf(authorizationData?.[0]?.authorizationToken);
  try {
    // By standard input: arguments are seen by every user of the machine.
    await docker(['login', '--username', 'AWS', '--password-stdin', image.registry], {
      stdin: password,
      signal,
    });
    onProgress(`  pushing the image to ${image.registry}`);
    await docker(['push', image.uri], { signal });
  } finally {
    // Docker keeps what it logs in with in a file. Not with the deploy's own signal: a stopped one logs out, too.
    await docker(['logout', image.registry], { signal: AbortSignal.timeout(LOGOUT_MS) }).catch(() => {});
  }
}

async function build(
  { dockerfile, files, uri }: FunctionImage,
  platform: ContainerPlatform,
  signal: AbortSignal,
): Promise<void> {
  const context = await mkdtemp(join(tmpdir(), 'skyground-image-'));
  try {
    await writeFiles(files, context);
    await docker(['build', '--platform', platform, '--file', dockerfile, '--tag', uri, context], { signal });
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** ECR's token is `AWS:password` in Base64. It is in no message. */
function passwordOf(token: string | undefined): string {
  const [user, password] = Buffer.from(token ?? '', 'base64')
    .toString()
    .split(':', 2);
  if (user !== 'AWS' || password === undefined || password === '')
    throw new CloudError(
      'GetAuthorizationToken: expected a token of the form AWS:password, received another form.',
    );
  return password;
}
