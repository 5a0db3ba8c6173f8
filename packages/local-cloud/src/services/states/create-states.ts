import { inspect } from 'node:util';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { FunctionInvoker, LogWriter, OperationCaller } from '../../server/ports.ts';
import type { Service } from '../../server/service.ts';
import { arnsOf } from './arns.ts';
import { describeMachineOperations } from './describe-machine.ts';
import { eventTable } from './event-table.ts';
import { executionLog } from './execution-log.ts';
import { executionOperations } from './execution-operations.ts';
import { executionTable } from './execution-table.ts';
import { Executions } from './executions.ts';
import { failInterrupted } from './fail-interrupted.ts';
import { getExecutionHistory } from './get-execution-history.ts';
import { integrations } from './integrations/integrations.ts';
import { taskRunner } from './integrations/task-runner.ts';
import { machineOperations } from './machine-operations.ts';
import { startSyncExecution } from './start-sync-execution.ts';
import { stateMachines } from './state-machines.ts';
import type { StatesCore } from './states-core.ts';
import { createTables } from './tables.ts';
import { tagOperations } from './tag-operations.ts';

/** As long as AWS keeps an execution that has ended. */
const RETENTION_MS = 90 * 24 * 60 * 60 * 1000;

export interface StatesPorts {
  readonly functions: FunctionInvoker;
  readonly logs: LogWriter;
  /** Every service's operations, this one's too. */
  readonly operations: OperationCaller;
}

/** AWS Step Functions: machines, executions and their history around the language (packages/asl). */
export function createStates(environment: CloudEnvironment, ports: StatesPorts): Service {
  createTables(environment.database);
  const arns = arnsOf(environment);
  const table = executionTable(environment.database);
  const events = eventTable(environment.database);
  const found = integrations({
    functions: ports.functions,
    operations: ports.operations,
    waitFor: (executionArn, signal) => executions.waitFor(executionArn, signal),
  });
  const executions = new Executions({
    environment,
    arns,
    table,
    events,
    log: executionLog(environment, ports.logs, report),
    tasks: taskRunner(found),
    onFault: report,
  });
  const core: StatesCore = {
    environment,
    arns,
    machines: stateMachines(environment),
    table,
    events,
    executions,
    integrations: found,
    operations: ports.operations,
  };

  return {
    id: 'states',
    operations: {
      ...machineOperations(core),
      ...describeMachineOperations(core),
      ...executionOperations(core),
      StartSyncExecution: startSyncExecution(core),
      GetExecutionHistory: getExecutionHistory(core),
      ...tagOperations(core),
    },
    start: async () => {
      failInterrupted(environment, table, events);
      table.expire(environment.clock.now() - RETENTION_MS);
      core.machines.forgetUnused();
    },
    stop: () => executions.stopAll(),
  };
}

function report(fault: unknown, doing: string): void {
  process.stderr.write(`local cloud: ${doing} failed: ${inspect(fault)}\n`);
}
