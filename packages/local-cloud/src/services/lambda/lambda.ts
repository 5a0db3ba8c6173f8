import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CloudEnvironment } from '../../server/environment.ts';
import type {
  EventTarget,
  FunctionInvoker,
  LogWriter,
  MetricWriter,
  ObjectStore,
} from '../../server/ports.ts';
import type { Service } from '../../server/service.ts';
import { CodeStore } from './code/code-store.ts';
import { settleCpuShare } from './environments/cpu/cpu-share-setting.ts';
import { cpuShares } from './environments/cpu/cpu-shares.ts';
import { EnvironmentPool } from './environments/environment-pool.ts';
import { ExecutionEnvironment } from './environments/execution-environment.ts';
import { Guardian } from './environments/guardian.ts';
import { InvocationMetrics } from './environments/invocation-metrics.ts';
import { killMarked } from './environments/marked-processes.ts';
import { hasProcFileSystem } from './environments/process-facts.ts';
import { functionInvoker } from './function-invoker.ts';
import { parseFunctionName } from './function-name.ts';
import { eventTarget } from './function-record.ts';
import { FunctionStore } from './function-store.ts';
import { mayInvokeFunction } from './may-invoke.ts';
import { lambdaOperations } from './operations/operations.ts';
import { type LambdaOptions, resolveOptions } from './options.ts';
import { ProvisionedStore } from './provisioned-store.ts';
import { Dispatcher } from './queue/dispatcher.ts';
import { EventQueue } from './queue/event-queue.ts';

export interface LambdaPorts {
  readonly logs: LogWriter;
  readonly metrics: MetricWriter;
  readonly objects: () => ObjectStore;
}

export interface LambdaService extends Service {
  /** Where S3 notifications go. */
  readonly events: EventTarget;
  /** How Step Functions and API Gateway invoke. */
  readonly invoker: FunctionInvoker;
}

/** AWS Lambda: functions in the shared database, code and processes under `<stateDir>/lambda/`. */
export function createLambda(
  cloud: CloudEnvironment,
  ports: LambdaPorts,
  lambdaOptions: LambdaOptions,
): LambdaService {
  const options = resolveOptions(lambdaOptions);
  const folder = resolve(cloud.stateDir, 'lambda');
  const environmentsFolder = join(folder, 'environments');
  const store = new FunctionStore(cloud.database);
  const queue = new EventQueue(cloud.database);
  const codeFolder = join(folder, 'code');
  const code = new CodeStore(codeFolder);
  const cloudId = randomBytes(8).toString('hex');
  const shares = cpuShares(settleCpuShare(options.cpuShare), folder, cloudId);
  // As log streams are named, which every environment has among its variables.
  const guardian = new Guardian(`]${cloudId}`, shares.remains);
  const metrics = new InvocationMetrics(ports.metrics);

  const host = {
    cloud,
    logs: ports.logs,
    credentials: options.credentials,
    guardian,
    cloudId,
    onFault: options.onFault,
    folder: environmentsFolder,
    cpuShares: shares,
  };
  const pool = new EnvironmentPool({
    clock: cloud.clock,
    store,
    metrics,
    maximumConcurrency: options.maximumConcurrency,
    scalingRate: options.scalingRate,
    idleTimeoutMs: options.idleTimeoutMs,
    createEnvironment: (record, type) =>
      new ExecutionEnvironment(host, record, code.folder(record.codeSha256), type),
    onFault: options.onFault,
    onCapacity: () => dispatcher.wake(),
  });
  const dispatcher = new Dispatcher({
    database: cloud.database,
    clock: cloud.clock,
    queue,
    store,
    pool,
    metrics,
    objects: ports.objects,
    retryDelaysMs: options.asyncRetryDelaysMs,
    onFault: options.onFault,
  });

  const provisioned = new ProvisionedStore(cloud.database);
  const core = { cloud, options, store, provisioned, code, pool, queue, dispatcher, objects: ports.objects };

  return {
    id: 'lambda',
    operations: lambdaOperations(core),
    invoker: functionInvoker(core),
    events: {
      enqueue: (functionArn, payload) => {
        const { name, qualifier } = parseFunctionName(cloud, functionArn);
        queue.add(eventTarget(name, qualifier), payload, cloud.clock.now());
      },
      wake: () => dispatcher.wake(),
      mayInvoke: (...asked) => mayInvokeFunction(cloud, store, ...asked),
    },
    start: async () => {
      if (!hasProcFileSystem()) {
        throw new Error('The embedded Lambda reads the memory of its processes from /proc: it needs Linux.');
      }
      // What a cloud left that was killed together with its guardian. A state folder serves one cloud at a time.
      await killMarked(`LAMBDA_TASK_ROOT=${codeFolder}/`);
      rmSync(environmentsFolder, { recursive: true, force: true });
      mkdirSync(environmentsFolder, { recursive: true });
      await shares.sweep();
      await code.clean((codeSha256) => store.usesCode(codeSha256));
      for (const { name, version, environments } of provisioned.all()) {
        const record = store.get(name, version);
        if (record !== undefined) pool.provisioned.set(record, environments);
      }
      dispatcher.start();
    },
    stop: async () => {
      dispatcher.stop();
      await pool.stop();
      await dispatcher.idle();
      await guardian.stop();
    },
  };
}
