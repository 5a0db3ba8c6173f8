export type { Check, CheckInput, Finding, RunConditions } from './checks/check.ts';
export type { Observation } from './observation.ts';
