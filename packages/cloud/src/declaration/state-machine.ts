import type { JsonObject } from '@skyground/asl';

/** A Step Functions state machine with a log group of its own and a role that allows exactly what the definition's tasks call. */
export interface StateMachineDeclaration {
  readonly type: 'STANDARD' | 'EXPRESS';
  /**
   * Amazon States Language. Resources of the app are written as `${functions.KEY}` and `${stateMachines.KEY}`, which become ARNs, and
   * `${tables.KEY}` and `${buckets.KEY}`, which become names.
   */
  readonly definition: JsonObject;
  /**
   * Which history events are logged. The log is the only history that an EXPRESS execution leaves. `OFF` makes no log group, for a
   * STANDARD machine whose existing role may not write logs.
   */
  readonly logLevel: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
}
