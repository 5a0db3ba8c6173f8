import { basename } from 'node:path';
import type { EmitRunEvent, RunEvent } from '@skyground/experiment';
import { formatSeconds, printable } from '../../output/format.ts';

/** The log of a run for people without a terminal UI: one line per thing that happened, nothing rewritten. How it ended is told by who ran it. */
export function plainRunOutput(write: (text: string) => void): EmitRunEvent {
  let lastTenth = 0;
  return (event) => {
    if (event.type === 'sampleRecorded') {
      // A tenth at a time: a log of 2,000 samples should not be 2,000 lines.
      const tenth = Math.floor((event.finishedUnits / event.units) * 10);
      const isNews = tenth > lastTenth;
      lastTenth = tenth;
      if (isNews) write(`  ${event.finishedUnits}/${event.units} measured\n`);
    }
    for (const line of linesOf(event)) write(`${printable(line)}\n`);
  };
}

function linesOf(event: RunEvent): readonly string[] {
  switch (event.type) {
    case 'runStarted': {
      const { experimentId, folder, units, finishedUnits, targetLabel, estimatedDurationMs } = event;
      const what = `${event.isResumed ? 'Resuming' : 'Run'} ${experimentId}/${basename(folder)}`;
      const before = finishedUnits === 0 ? '' : ` (${finishedUnits} measured before)`;
      const leftMs = estimatedDurationMs * (1 - finishedUnits / units);
      return [`${what}: ${units} units${before} on ${targetLabel}, about ${formatSeconds(leftMs)}`];
    }
    case 'progress':
      return [`> ${event.activity}`];
    case 'log':
      return [`  ${event.level === 'info' ? '' : `${event.level}: `}${event.message}`];
    case 'sampleRecorded': {
      const { arm, unit, outcome } = event.observation;
      return outcome === 'succeeded' ? [] : [`  ${arm} ${unit}: ${outcome}`];
    }
    case 'derived':
    case 'runFinished':
      return [];
  }
}
