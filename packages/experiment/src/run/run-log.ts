import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { displayText } from '@skyground/charts';
import { type Clock, timestampOf } from './clock.ts';
import type { EmitRunEvent, RunEvent } from './events.ts';
import { exitCodeOf } from './outcome.ts';
import type { Secrets } from './secrets.ts';

export const logName = 'run.log';

/** Passes every event on, and writes those that a person looks for afterwards to run.log: one line each, secrets masked, nothing in it that steers a terminal. */
export function withRunLog(folder: string, emit: EmitRunEvent, clock: Clock, secrets: Secrets): EmitRunEvent {
  return (event) => {
    // At once, not in the background: the last lines before a crash are the ones that matter.
    for (const line of linesOf(event)) {
      const text = displayText(secrets.mask(line).replaceAll(/[\r\n]+/g, ' '));
      appendFileSync(join(folder, logName), `${timestampOf(clock)} ${text}\n`);
    }
    emit(event);
  };
}

function linesOf(event: RunEvent): readonly string[] {
  switch (event.type) {
    case 'runStarted':
      return [
        `info ${event.isResumed ? 'resumed' : 'started'}: ${event.finishedUnits} of ${event.units} units measured before, on ${event.targetLabel}`,
      ];
    case 'progress':
      return [`info ${event.activity}`];
    case 'log':
      return [`${event.level} ${event.message}`];
    case 'derived':
      return [
        `info ${event.verdict.headline}`,
        ...event.findings.map(
          ({ severity, checkId, seen, remedy }) => `${severity} ${checkId}: ${seen} ${remedy}`,
        ),
        ...event.thresholds.map(
          ({ text, arm, verdict, value }) =>
            `${verdict === 'kept' ? 'info' : 'error'} threshold ${text} of ${arm}: ${verdict}${value === null ? '' : ` with ${value}`}`,
        ),
      ];
    case 'runFinished': {
      const { outcome } = event;
      return [
        `info ended with exit code ${exitCodeOf(outcome)}: ${outcome.kind}${'message' in outcome ? `: ${outcome.message}` : ''}`,
      ];
    }
    case 'sampleRecorded':
      // Its row is in samples.csv.
      return [];
  }
}
