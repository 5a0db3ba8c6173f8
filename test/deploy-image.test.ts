import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CloudClients,
  CloudError,
  CloudUsageError,
  declareApp,
  deploy,
  destroy,
  NotOursError,
  planDeploy,
} from '@skyground/cloud';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type StandInDocker, startStandInDocker } from './support/stand-in-docker.ts';
import { ECR_PASSWORD, type StandInEcr, startStandInEcr } from './support/stand-in-ecr.ts';
import { listEverything, type ServedCloud, startTestCloud } from './support/test-cloud.ts';

const signal = new AbortController().signal;
const REGISTRY = '000000000000.dkr.ecr.us-east-1.amazonaws.com';
const NAME = 'skyground-boxed';

let cloud: ServedCloud;
let docker: StandInDocker;
let registry: StandInEcr;
/** As of a real account: roles and logs are the embedded cloud's, ECR and Lambda a stand-in's. */
let clients: CloudClients;

beforeEach(async () => {
  cloud = await startTestCloud();
  docker = await startStandInDocker();
  registry = await startStandInEcr(docker.pushed);
  const target = { kind: 'aws', label: 'aws (us-east-1)', region: 'us-east-1', profile: undefined } as const;
  clients = { ...cloud.clients, ...registry.clients, target };
});

afterEach(async () => {
  registry.stop();
  await docker.stop();
  await cloud.stop();
});

function pathOf(file: string): string {
  return fileURLToPath(new URL(`fixtures/${file}`, import.meta.url));
}

function boxedApp(choices: { readonly package?: 'zip' | 'image'; readonly code?: string } = {}) {
  return declareApp({
    app: 'boxed',
    prefix: 'skyground',
    role: { kind: 'own' },
    platform: 'linux-x64',
    architecture: 'x64',
    package: choices.package ?? 'image',
    logRetentionDays: 1,
    functions: {
      main: {
        entryPoint: pathOf(`small-app/${choices.code ?? 'echo'}.ts`),
        dockerfile: pathOf('image-app/Dockerfile'),
        memoryMb: 128,
        timeoutS: 3,
        environment: { TABLE: 'none' },
        uses: [],
      },
    },
  });
}

/** What Docker was asked since, without the question whether its engine is there. */
function commands(since = 0): readonly (readonly string[])[] {
  const asked = docker
    .calls()
    .slice(since)
    .map(({ args }) => args);
  return asked.filter(([command]) => command !== 'version');
}

describe('a function as an image', () => {
  it('is built, pushed and made, changed where its code is, and removed with its repository', async () => {
    const plan = await planDeploy(boxedApp(), clients, { signal });
    expect(registry.changes()).toEqual([]);
    const told: string[] = [];
    const onProgress = (text: string): number => told.push(text);
    const first = await deploy(boxedApp(), clients, { signal, onProgress });
    expect(first.steps).toEqual(plan.steps);

    const [uri = ''] = docker.pushed();
    expect(uri).toMatch(new RegExp(`^${REGISTRY}/${NAME}:[0-9a-f]{64}$`));
    expect(told).toEqual([`  building the image with Docker: ${uri}`, `  pushing the image to ${REGISTRY}`]);
    const build = ['build', '--platform', 'linux/amd64', '--file', pathOf('image-app/Dockerfile')];
    expect(commands()).toEqual([
      [...build, '--tag', uri, expect.any(String)],
      ['login', '--username', 'AWS', '--password-stdin', REGISTRY],
      ['push', uri],
      ['logout', REGISTRY],
    ]);
    expect(docker.calls().map(({ stdin, context }) => [stdin, context])).toEqual([
      ['', []],
      ['', []],
      ['', ['index.cjs']],
      [ECR_PASSWORD, []],
      ['', []],
      ['', []],
    ]);
    expect(registry.functions.get(NAME)).toMatchObject({ PackageType: 'Image', Code: { ImageUri: uri } });
    expect(Object.keys(registry.functions.get(NAME) ?? {})).not.toContain('Handler');
    expect(registry.repositories.get(NAME)).toEqual([
      { Key: 'skyground:app', Value: 'boxed' },
      { Key: 'skyground:prefix', Value: 'skyground' },
    ]);

    const asked = docker.calls().length;
    expect((await deploy(boxedApp(), clients, { signal })).changed).toBe(false);
    expect(commands(asked)).toEqual([]);

    const changed = await deploy(boxedApp({ code: 'other' }), clients, { signal });
    expect(
      changed.steps.flatMap(({ type, changes }) => changes.map((change) => `${type}: ${change}`)),
    ).toEqual([expect.stringMatching(/^repository: build and push image [0-9a-f]{12}$/), 'function: code']);
    const [, newer] = docker.pushed();
    expect(registry.functions.get(NAME)).toMatchObject({ Code: { ImageUri: newer } });

    // Without --package image: what is there counts, not what the next deploy would make.
    await destroy(boxedApp({ package: 'zip' }), clients, { signal });
    expect(registry.changes().slice(-2)).toEqual([
      `DELETE /2015-03-31/functions/${NAME}`,
      'DeleteRepository',
    ]);
    expect([registry.functions.size, registry.repositories.size]).toEqual([0, 0]);
    expect(await listEverything(cloud.clients)).toEqual([]);
  });

  it('does not take the place of a zip, nor the other way round', async () => {
    await deploy(boxedApp({ package: 'zip' }), clients, { signal });
    const before = registry.changes().length;
    await expect(deploy(boxedApp(), clients, { signal })).rejects.toThrow(
      /Function skyground-boxed: expected package type Image, found Zip, .*--package zip, destroy it .*--prefix/,
    );
    expect(registry.changes()).toHaveLength(before);
    expect(commands()).toEqual([]);

    await destroy(boxedApp(), clients, { signal });
    await deploy(boxedApp(), clients, { signal });
    await expect(deploy(boxedApp({ package: 'zip' }), clients, { signal })).rejects.toThrow(
      /expected package type Zip, found Image/,
    );
  });

  it('leaves a repository alone that is not ours', async () => {
    registry.repositories.set(NAME, [{ Key: 'team', Value: 'theirs' }]);
    await expect(deploy(boxedApp(), clients, { signal })).rejects.toThrow(NotOursError);
    expect(commands()).toEqual([]);

    const { steps } = await destroy(boxedApp(), clients, { signal });
    expect(steps.find(({ type }) => type === 'repository')).toMatchObject({
      outcome: 'kept',
      detail: 'not tagged as ours (its tags: team=theirs)',
    });
    expect(registry.repositories.size).toBe(1);
  });
});

describe('a deploy of an image that fails', () => {
  it.each(['build', 'login', 'push'])(
    'at %s says what Docker said, and is finished by the next',
    async (command) => {
      await writeFile(join(docker.folder, `fail-${command}`), 'first line\nno space left on device\n');
      const failing = deploy(boxedApp(), clients, { signal });
      await expect(failing).rejects.toThrow(CloudError);
      const message: unknown = await failing.catch((error: unknown) => String(error));
      expect(message).toMatch(
        new RegExp(
          `repository ${NAME}: Expected \`docker ${command}\` .* exit code 1:\nfirst line\nno space left`,
        ),
      );
      expect(message).not.toContain(ECR_PASSWORD);
      // Who never logged in here may be logged in by themselves.
      expect(commands().some(([name]) => name === 'logout')).toBe(command !== 'build');
      expect(registry.functions.size).toBe(0);

      await rm(join(docker.folder, `fail-${command}`));
      const { steps } = await deploy(boxedApp(), clients, { signal });
      expect(steps.find(({ type }) => type === 'repository')).toMatchObject({ outcome: 'updated' });
      expect(registry.functions.size).toBe(1);
    },
  );

  it('because it is stopped ends Docker, logs out, and is finished by the next', async () => {
    const pipe = join(docker.folder, 'hang-push');
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', pipe]);
    const stop = new AbortController();
    const stopped = deploy(boxedApp(), clients, { signal: stop.signal });
    const pid = Number(await readFile(pipe, 'utf8'));
    expect(process.kill(pid, 0)).toBe(true);
    stop.abort(new Error('stopped'));

    await expect(stopped).rejects.toThrow('stopped');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(commands().map(([command]) => command)).toEqual(['build', 'login', 'push', 'logout']);
    expect(docker.pushed()).toEqual([]);
    expect(registry.functions.size).toBe(0);

    await rm(pipe);
    await deploy(boxedApp(), clients, { signal });
    expect(registry.functions.get(NAME)).toMatchObject({ Code: { ImageUri: docker.pushed()[0] } });
  });
});

describe('images are refused before anything is sent', () => {
  it('where there is no ECR, by the name of the target', async () => {
    const endpoint = { kind: 'endpoint', label: 'cloud (http://127.0.0.1:9)' } as const;
    const elsewhere = {
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9',
      credentials: 'ambient',
    } as const;
    const target = { ...endpoint, ...elsewhere, profile: undefined };
    for (const refused of [cloud.clients, { ...clients, target }]) {
      const deploying = deploy(boxedApp(), refused, { signal });
      await expect(deploying).rejects.toThrow(CloudUsageError);
      await expect(deploying).rejects.toThrow(
        `--package image: expected --target aws, because images are kept in Amazon ECR, which ${refused.target.label} does not have.`,
      );
    }
    expect(docker.calls()).toEqual([]);
    expect(await listEverything(cloud.clients)).toEqual([]);
  });

  it('where there is no Docker', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'skyground-no-docker-'));
    vi.stubEnv('PATH', empty);
    const deploying = planDeploy(boxedApp(), clients, { signal });
    await expect(deploying).rejects.toThrow(CloudUsageError);
    await expect(deploying).rejects.toThrow(
      /there is no `docker` on the PATH\. Install it .*deployed as a zip/,
    );
    expect(registry.changes()).toEqual([]);
    await rm(empty, { recursive: true });
  });

  it('where its engine does not run', async () => {
    const said = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.';
    await writeFile(join(docker.folder, 'fail-version'), `\n${said}\n`);
    const deploying = deploy(boxedApp(), clients, { signal });
    await expect(deploying).rejects.toThrow(CloudUsageError);
    await expect(deploying).rejects.toThrow(`its engine does not answer (${said}). Start it`);
    expect(registry.changes()).toEqual([]);
  });
});

describe('the command', () => {
  it.each([
    [['--package', 'tar'], /^flag --package: expected zip or image$/],
    [
      ['--target', 'http://127.0.0.1:9', '--package', 'image'],
      /expected --target aws, because .* cloud \(http:\/\/127\.0\.0\.1:9\) does not have/,
    ],
    [['--target', 'aws', '--package', 'image'], /its engine does not answer \(no engine here\)/],
  ])('answers %j with 2 and one sentence', async (flags, message) => {
    await writeFile(join(docker.folder, 'fail-version'), 'no engine here');
    const cli = fileURLToPath(new URL('../apps/iris/src/cli.ts', import.meta.url));
    const { PATH, STAND_IN } = process.env;
    const env = { PATH, STAND_IN, INIT_CWD: docker.folder };
    const { status, stderr } = spawnSync(process.execPath, [cli, 'deploy', ...flags], {
      env,
      encoding: 'utf8',
    });

    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});
