export type { Clock } from './clock.ts';
export {
  type Definition,
  type Diagnostic,
  type ParsedDefinition,
  parseDefinition,
} from './definition/parse-definition.ts';
export { StatesError } from './errors.ts';
export type { Randomness } from './expressions/scope.ts';
export { type HistoryEvent, type HistoryRecorder, noHistory } from './interpreter/history.ts';
export { type ExecutionResult, type RunOptions, runMachine } from './interpreter/run-machine.ts';
export type { TaskCall, TaskRunner } from './interpreter/task-runner.ts';
export { isJsonObject, type Json, type JsonObject } from './json.ts';
