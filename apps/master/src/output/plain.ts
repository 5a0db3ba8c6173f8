import type { Emit, MasterEvent } from '../events.ts';
import { stageTitles } from '../stage-ids.ts';
import { comparisonLines } from './comparison-lines.ts';
import { formatDuration, outputsSentence, printable } from './format.ts';
import { noPaint, type Paint } from './paint.ts';

interface PlainOptions {
  readonly paint?: Paint;
  /** Whether charts are drawn with characters, which a screen reader would spell out. */
  readonly drawings?: boolean;
}

/** The log for people without a terminal UI: CI, pipes, screen readers, --no-tui. One line per thing that happened, nothing rewritten. */
export function plainOutput(
  write: (text: string) => void,
  { paint = noPaint, drawings = true }: PlainOptions = {},
): Emit {
  const lastTenth = new Map<string, number>();
  return (event) => {
    const lines =
      event.type === 'compared'
        ? ['', ...comparisonLines(event.comparison, drawings ? event.terminalChart : [], event.report, paint)]
        : linesOf(event, lastTenth).map(printable);
    for (const line of lines) write(`${line}\n`);
  };
}

function linesOf(
  event: Exclude<MasterEvent, { type: 'compared' }>,
  lastTenth: Map<string, number>,
): readonly string[] {
  switch (event.type) {
    case 'runStarted':
      return [
        `${event.resumed ? 'Resuming' : 'Run'} ${event.runId}: ${event.images} images x ${event.repetitions}, ` +
          `${event.workers} on-prem workers against ${event.targetLabel}`,
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
    case 'stageStopped':
      return ['  stopped'];
    case 'stageFailed':
      return [`  FAILED: ${event.message}`];
    case 'imageStarted':
      return [];
    case 'imageFinished':
      return event.record.status === 'error'
        ? [`  ${event.side} ${event.record.image}: ${event.record.error ?? 'failed'}`]
        : [];
    case 'outputsCompared':
      return [`  ${outputsSentence(event)}`];
    case 'log':
      return [`  ${event.level === 'info' ? '' : `${event.level}: `}${event.message}`];
    case 'runFinished':
      return ['', `${event.message} (exit code ${event.exitCode})`];
  }
}
