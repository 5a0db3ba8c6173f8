import type { Emit, MasterEvent } from '../events.ts';
import { formatDuration, outputsSentence } from './format.ts';
import { comparisonLines } from './comparison-lines.ts';
import { stageTitles } from '../stage-ids.ts';

/** The log for people without a terminal UI: CI, pipes, --no-tui. One line per thing that happened, nothing rewritten. */
export function plainOutput(write: (text: string) => void): Emit {
  const lastTenth = new Map<string, number>();
  const line = (text: string) => write(`${text}\n`);

  return (event) => {
    for (const text of linesOf(event, lastTenth)) line(text);
  };
}

function linesOf(event: MasterEvent, lastTenth: Map<string, number>): readonly string[] {
  switch (event.type) {
    case 'runStarted':
      return [
        `${event.resumed ? 'Resuming' : 'Run'} ${event.runId}: ${event.images} images x ${event.repetitions}, ` +
          `${event.workers} on-prem workers against ${event.concurrency} ${event.targetLabel} environments`,
      ];
    case 'stageStarted':
      return [`> ${stageTitles[event.stage]}`];
    case 'stageProgress': {
      // A tenth at a time: a log of 2,000 images should not be 2,000 lines.
      const tenth = event.total === 0 ? 10 : Math.floor((event.done / event.total) * 10);
      if ((lastTenth.get(event.stage) ?? 0) >= tenth) return [];
      lastTenth.set(event.stage, tenth);
      return [`  ${event.done}/${event.total} ${event.unit}`];
    }
    case 'stageFinished':
      return [`  done in ${formatDuration(event.durationMs)}: ${event.summary}`];
    case 'stageSkipped':
      return [`- ${stageTitles[event.stage]}: skipped, ${event.reason}`];
    case 'stageFailed':
      return [`  FAILED: ${event.message}`];
    case 'imageStarted':
      return [];
    case 'imageFinished':
      return event.record.status === 'error' ? [`  ${event.side} ${event.record.image}: ${event.record.error ?? 'failed'}`] : [];
    case 'outputsCompared':
      return [`  ${outputsSentence(event)}`];
    case 'log':
      return [`  ${event.level === 'info' ? '' : `${event.level}: `}${event.message}`];
    case 'compared':
      return ['', ...comparisonLines(event.comparison, event.boxPlot, event.report)];
    case 'runFinished':
      return ['', `${event.message} (exit code ${event.exitCode})`];
  }
}
