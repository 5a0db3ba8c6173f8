export type { Clock } from './clock.ts';
export type { Diagnostic } from './definition/diagnostic.ts';
export { parseDefinition } from './definition/parse-definition.ts';
export {
  type Definition,
  type ParsedDefinition,
  readCheckedDefinition,
} from './definition/read-definition.ts';
export { ExecutionStopped, StatesError } from './errors.ts';
export type { Randomness } from './expressions/scope.ts';
export type { FanIn, FanOut, Futures, GraphEdge, GraphNode, WorkflowGraph } from './graph/graph.ts';
export { mermaidOf } from './graph/mermaid.ts';
export { nodeIdOf } from './graph/placed-states.ts';
export { type GraphedWorkflow, workflowGraph } from './graph/workflow-graph.ts';
export { type HistoryEvent, type HistoryRecorder, noHistory } from './interpreter/history.ts';
export { type ExecutionResult, runMachine } from './interpreter/run-machine.ts';
export type { RunOptions } from './interpreter/run-options.ts';
export type { TaskCall, TaskRunner } from './interpreter/task-runner.ts';
export type { Json, JsonObject } from './json.ts';
export { type Filled, fillPending, PENDING } from './stepping/pending.ts';
export { type Position, parsePosition, positionSchema, positionText } from './stepping/position.ts';
export { beginningOf, type PendingPlace, type Standing, standingSchema } from './stepping/standing.ts';
export { advance, failState, leaveFanOut, leaveTask, type Stepping } from './stepping/stepping.ts';
export type { Failure, Stop } from './stepping/stop.ts';
