import type { CloudEnvironment } from '../../server/environment.ts';
import type { OperationCaller } from '../../server/ports.ts';
import type { Arns } from './arns.ts';
import { machineNotFound, typeNotSupported } from './errors.ts';
import type { EventTable } from './event-table.ts';
import type { ExecutionTable } from './execution-table.ts';
import type { Executions } from './executions.ts';
import type { Integrations } from './integrations/integrations.ts';
import type { MachineType, StateMachine, StateMachines } from './state-machines.ts';

/** The parts that operations work on. */
export interface StatesCore {
  readonly environment: CloudEnvironment;
  readonly arns: Arns;
  readonly machines: StateMachines;
  readonly table: ExecutionTable;
  readonly events: EventTable;
  readonly executions: Executions;
  readonly integrations: Integrations;
  readonly operations: OperationCaller;
}

/** Throws InvalidArn and StateMachineDoesNotExist. */
export function findMachine({ arns, machines }: StatesCore, arn: string): StateMachine {
  const machine = machines.find(arns.parseMachine(arn));
  if (machine === undefined) throw machineNotFound(arn);
  return machine;
}

/** Throws StateMachineTypeNotSupported too. */
export function findMachineOf(core: StatesCore, arn: string, type: MachineType): StateMachine {
  const machine = findMachine(core, arn);
  if (machine.type !== type) throw typeNotSupported();
  return machine;
}
