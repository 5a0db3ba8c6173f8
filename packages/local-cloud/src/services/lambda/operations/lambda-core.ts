import type { CloudEnvironment } from '../../../server/environment.ts';
import type { ObjectStore } from '../../../server/ports.ts';
import type { CodeStore } from '../code/code-store.ts';
import type { EnvironmentPool } from '../environments/environment-pool.ts';
import type { FunctionStore } from '../function-store.ts';
import type { ResolvedLambdaOptions } from '../options.ts';
import type { ProvisionedStore } from '../provisioned-store.ts';
import type { Dispatcher } from '../queue/dispatcher.ts';
import type { EventQueue } from '../queue/event-queue.ts';

/** The parts that operations work on. */
export interface LambdaCore {
  readonly cloud: CloudEnvironment;
  readonly options: ResolvedLambdaOptions;
  readonly store: FunctionStore;
  readonly provisioned: ProvisionedStore;
  readonly code: CodeStore;
  readonly pool: EnvironmentPool;
  readonly queue: EventQueue;
  readonly dispatcher: Dispatcher;
  readonly objects: () => ObjectStore;
}
