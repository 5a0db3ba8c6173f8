import type { Writable } from 'node:stream';

import type { OnPremEvent, WatchEvent } from './events.ts';

export type Report = (event: OnPremEvent | WatchEvent) => void;

const PROGRESS_EVERY_MS = 1000;

/** Prints events: as JSON, one a line, or as lines for people, of which ordinary progress is at most one a second. */
export function createReporter(json: boolean, out: Writable, nowMs = () => performance.now()): Report {
  if (json) return (event) => void out.write(`${JSON.stringify(event)}\n`);
  const progress = new Progress();
  let lastProgressMs = Number.NEGATIVE_INFINITY;
  return (event) => {
    const lines = linesOf(event);
    if (event.type === 'started') progress.rows = event.rows;
    if (event.type === 'warm' || event.type === 'watching') progress.startedMs = nowMs();
    if (event.type === 'imageFinished') {
      progress.count(event.record.status);
      if (nowMs() - lastProgressMs >= PROGRESS_EVERY_MS) {
        lastProgressMs = nowMs();
        lines.push(progress.line(nowMs()));
      }
    }
    for (const line of lines) out.write(`${line}\n`);
  };
}

class Progress {
  /** undefined while watching: nobody knows how many will come. */
  rows: number | undefined;
  startedMs = 0;
  #ok = 0;
  #errors = 0;

  count(status: 'ok' | 'error'): void {
    if (status === 'ok') this.#ok += 1;
    else this.#errors += 1;
  }

  line(nowMs: number): string {
    const finished = this.#ok + this.#errors;
    const perSecond = finished / Math.max(0.001, (nowMs - this.startedMs) / 1000);
    const failed = this.#errors === 0 ? '' : `, ${this.#errors} failed`;
    if (this.rows === undefined) return `${finished} images${failed}`;
    const secondsLeft = (this.rows - finished) / perSecond;
    return `${finished}/${this.rows} images, ${perSecond.toFixed(1)} images/s, ${secondsLeft.toFixed(0)} s left${failed}`;
  }
}

function linesOf(event: OnPremEvent | WatchEvent): string[] {
  switch (event.type) {
    case 'started': {
      const skipped = event.skippedRows === 0 ? '' : `, ${event.skippedRows} rows done before`;
      const times = event.repetitions === 1 ? '' : ` x ${event.repetitions}`;
      return [`${event.runId}: ${event.images} images${times} on ${event.workers} workers${skipped}`];
    }
    case 'warm':
      return [`${event.workers} workers ready after ${event.durationMs.toFixed(0)} ms`];
    case 'imageFinished':
      return event.record.status === 'error' ? [`failed: ${event.record.error ?? event.record.image}`] : [];
    case 'workerDied': {
      const image = event.image === null ? '' : ` while it processed ${event.image}`;
      const next = event.image === null ? '' : event.willRetry ? '; trying it once more' : '; giving it up';
      return [`${event.environmentId} ${event.reason}${image}${next}`];
    }
    case 'finished': {
      const { status, okRows, errorRows, remainingRows, durationMs, imagesPerSecond } = event.summary;
      const rate = imagesPerSecond === null ? '' : `, ${imagesPerSecond.toFixed(1)} images/s`;
      const left = remainingRows === 0 ? '' : `, ${remainingRows} left (continue with --resume)`;
      return [
        `${status}: ${okRows} ok, ${errorRows} failed in ${(durationMs / 1000).toFixed(2)} s${rate}${left}`,
      ];
    }
    case 'watching':
      return [`watching ${event.imagesDir} (${event.knownVersions} files done before); Ctrl-C stops`];
    case 'imageVanished':
      return [`gone before it was processed: ${event.image}`];
    case 'watchStopped':
      return [`stopped: ${event.summary.okRows} ok, ${event.summary.errorRows} failed`];
    case 'imageStarted':
    case 'imageQueued':
    case 'imageKnown':
    case 'imageChanged':
      return [];
  }
}
