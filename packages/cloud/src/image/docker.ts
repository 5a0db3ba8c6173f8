import { spawn } from 'node:child_process';

import { CloudError, CloudUsageError } from '../errors.ts';

/** A container platform by Docker's name. */
export type ContainerPlatform = 'linux/amd64' | 'linux/arm64';

const OTHERWISE = 'or leave --package image out: then the same function is deployed as a zip.';
/** Enough of what a failed build printed to see which line of the Dockerfile it was. */
const KEPT_OUTPUT_LINES = 20;

interface DockerRun {
  readonly exitCode: number | null;
  /** The end of what it printed, both streams. */
  readonly output: string;
}

/**
 * Asks Docker's engine whether it is there.
 * @throws CloudUsageError that says how to get one.
 */
export async function requireDockerEngine(signal: AbortSignal): Promise<void> {
  const { exitCode, output } = await runDocker(['version', '--format', '{{.Server.Version}}'], { signal });
  if (exitCode === 0) return;
  throw new CloudUsageError(
    `--package image: Docker is installed, but its engine does not answer (${output.split('\n').at(-1) ?? ''}). ` +
      `Start it (Docker Desktop, or: sudo systemctl start docker) until \`docker info\` works, ${OTHERWISE}`,
  );
}

/**
 * Runs a docker command to its end.
 * @throws CloudError with the end of its output where it fails.
 */
export async function docker(
  args: readonly string[],
  options: { readonly stdin?: string; readonly signal: AbortSignal },
): Promise<void> {
  const { exitCode, output } = await runDocker(args, options);
  if (exitCode !== 0)
    throw new CloudError(
      `Expected \`docker ${args[0]}\` to succeed, but it ended with exit code ${exitCode}:\n${output}`,
    );
}

async function runDocker(
  args: readonly string[],
  { stdin = '', signal }: { readonly stdin?: string; readonly signal: AbortSignal },
): Promise<DockerRun> {
  signal.throwIfAborted();
  // Lambda refuses images with attestations, which are an index of several manifests; BuildKit adds them unless told not to.
  const env = { ...process.env, BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
  const child = spawn('docker', args, { env, stdio: ['pipe', 'pipe', 'pipe'], signal });
  let lines: string[] = [];
  const keep = (chunk: Buffer): void => {
    const more = (lines.pop() ?? '') + chunk.toString();
    lines = [...lines, ...more.split(/\r?\n/)].slice(-KEPT_OUTPUT_LINES - 1);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // It may end without reading all of its input; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  // Not before it has really ended, also after a stop: nothing of it is to run on beside what comes next.
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  signal.throwIfAborted();
  if (failure !== undefined) throw notStarted(failure);
  return { exitCode, output: lines.join('\n').trim() };
}

function notStarted(cause: Error): Error {
  if (!('code' in cause && cause.code === 'ENOENT'))
    return new CloudError(`Expected to run docker, but it cannot be started: ${cause.message}`, { cause });
  return new CloudUsageError(
    '--package image: expected Docker, which builds and pushes the image, but there is no `docker` on the PATH. ' +
      `Install it (https://docs.docker.com/get-started/get-docker/), ${OTHERWISE}`,
    { cause },
  );
}
