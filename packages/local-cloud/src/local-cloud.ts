import { type Clock, systemClock } from './clock.ts';
import { type CloudCredentials, credentialsOf, LOCAL_ACCOUNT_ID, LOCAL_REGION } from './credentials.ts';
import { removeLock, writeLock } from './process/lock-file.ts';
import type { CloudEnvironment } from './server/environment.ts';
import { startServer } from './server/start-server.ts';
import { createServices } from './services/create-services.ts';
import { type CpuShareSetting, type LambdaOptions, settleCpuShare } from './services/lambda/index.ts';
import { StopStack } from './stop-stack.ts';
import { openDatabase } from './storage/open-database.ts';

export interface LocalCloudOptions {
  /** Where everything is kept; made if missing. A folder serves one cloud at a time. */
  readonly stateDir: string;
  /** Of 127.0.0.1; 0 (the default) takes any free one. */
  readonly port?: number;
  readonly clock?: Clock;
  /** false accepts requests whatever they are signed with. */
  readonly verifySignatures?: boolean;
  /** Where functions run differently from AWS: retry delays, concurrency, scaling rate, idle time, processor share. */
  readonly lambda?: Omit<LambdaOptions, 'credentials'>;
}

export interface LocalCloud {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly credentials: CloudCredentials;
  /** Whether a function's memory size gives it processor time as on AWS, and by which means. */
  readonly cpuShare: CpuShareSetting;
  /** Ends the server, every execution environment and every timer; accepted work stays on disk for the next start. */
  stop(): Promise<void>;
}

/** Starts the embedded AWS in this process. A start that fails leaves nothing running and nothing open. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const running = new StopStack();
  try {
    return await start(options, running);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function start(
  { stateDir, port = 0, clock = systemClock, verifySignatures = true, lambda = {} }: LocalCloudOptions,
  running: StopStack,
): Promise<LocalCloud> {
  const database = openDatabase(stateDir);
  running.add(() => database.close());
  const credentials = credentialsOf(database);

  let endpoint: string | undefined;
  const environment: CloudEnvironment = {
    stateDir,
    database,
    clock,
    accountId: LOCAL_ACCOUNT_ID,
    region: LOCAL_REGION,
    endpoint: () => {
      if (endpoint === undefined) throw new Error('The endpoint is known once the server listens.');
      return endpoint;
    },
  };
  const cpuShare = settleCpuShare(lambda.cpuShare ?? { kind: 'off' });
  const services = createServices(environment, { ...lambda, cpuShare, credentials });

  const server = await startServer({
    services,
    port,
    authentication: { credentials, verify: verifySignatures },
    clock,
  });
  endpoint = server.endpoint;
  running.add(() => server.stop());

  // Services resume accepted work when they start and need the endpoint for it, so the server listens first. Nobody is told
  // of it until everything has started: the lock comes last.
  for (const service of services) {
    running.add(() => service.stop?.());
    await service.start?.();
  }
  // On top of the stack, so that no request comes to a service that has stopped. What is running then ends with its service
  // (an invocation does), and server.stop() above waits for it before the database is closed.
  running.add(() => server.close());

  writeLock(stateDir, {
    endpoint,
    region: LOCAL_REGION,
    credentials,
    cpuShare,
    startedAt: new Date().toISOString(),
  });
  running.add(() => removeLock(stateDir));

  return {
    endpoint,
    region: LOCAL_REGION,
    accountId: LOCAL_ACCOUNT_ID,
    credentials,
    cpuShare,
    stop: () => running.stop(),
  };
}
