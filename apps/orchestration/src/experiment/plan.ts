import { hostArchitecture } from '@skyground/cloud';
import type { Usage } from '@skyground/cost';
import type { Plan } from '@skyground/experiment';
import type { Parameters } from './parameters.ts';
import { executionsOf, groupsOf, unitOf } from './plan-order.ts';
import { type Point, workflowsOf } from './points.ts';

/** Seconds that nobody has measured yet: said to be an estimate wherever they are shown. */
const estimated = { sessionMs: 12_000, executionMs: 200, taskMs: 20, groupMs: 500 };
/** One REPORT, START and END line, and the probe's own. */
const assumedLogBytes = 700;
const assumedInitMs = 200;
const memoryMb = { probe: 128, trigger: 256 } as const;
const warmUpRounds = 3;

/** Rows that a kill may cost: those of a group are recorded together, once the functions' logs have been read. */
export const mostRowsOfGroup = 20;

export function groupLimits(parameters: Parameters) {
  return { rows: mostRowsOfGroup, environments: Math.max(...workflowsOf(parameters).widths) };
}

export async function plan(parameters: Parameters): Promise<Plan> {
  const executions = executionsOf(parameters);
  const groups = groupsOf(executions, groupLimits(parameters));
  const measuringMs = groups.reduce((sum, { executions: own, distanceMs }) => {
    const each = own.map(({ point }) => durationOf(point));
    const togetherMs =
      distanceMs === null
        ? each.reduce((total, ms) => total + ms, 0)
        : Math.max(...each) + distanceMs * own.length;
    return sum + estimated.groupMs + togetherMs;
  }, 0);
  return {
    units: executions.map((one) => ({ arm: one.point.arm, unit: unitOf(one) })),
    estimatedDurationMs: estimated.sessionMs + measuringMs,
    estimatedUsage: estimatedUsage(executions.map(({ point }) => point)),
  };
}

function durationOf({ path, size, workMs }: Point): number {
  const inTurn = path === 'CHAIN' ? size * workMs : workMs;
  return estimated.executionMs + size * estimated.taskMs + inTurn;
}

/** What the plan will use, before anything is measured. */
function estimatedUsage(points: readonly Point[]): Usage {
  const architecture = hostArchitecture() === 'arm64' ? 'arm64' : 'x86_64';
  const widest = Math.max(...points.map(({ path, size }) => (path === 'PARALLEL' ? size : 1)));
  const lab = points.filter(({ part }) => part === 'lab').length;
  const express = points.filter(({ workflowType }) => workflowType === 'EXPRESS');
  const tasks = points.reduce((sum, { size }) => sum + size, 0) + warmUpRounds * widest;
  const workMs = points.reduce((sum, { size, workMs: each }) => sum + size * each, 0);
  const standard = points.filter(({ workflowType }) => workflowType === 'STANDARD');
  return {
    lambda: [
      {
        architecture,
        memoryMb: memoryMb.probe,
        requests: tasks,
        billedMs: tasks * 2 + workMs + widest * assumedInitMs,
      },
      { architecture, memoryMb: memoryMb.trigger, requests: lab, billedMs: lab * 15 + assumedInitMs },
    ],
    stepFunctions: {
      // The choice, the Parallel where there is one, and the tasks.
      transitions: standard.reduce((sum, { path, size }) => sum + size + (path === 'PARALLEL' ? 2 : 1), 0),
      express: express.map((point) => ({ executions: 1, durationMs: durationOf(point), memoryMb: 64 })),
    },
    apiGateway: { restRequests: lab },
    logs: {
      ingestedBytes:
        tasks * assumedLogBytes +
        // An Express execution logs each event with its data: of a task the payload goes in and comes out.
        express.reduce((sum, { size, payloadBytes }) => sum + size * (5 * 400 + 6 * payloadBytes), 0),
    },
  };
}
