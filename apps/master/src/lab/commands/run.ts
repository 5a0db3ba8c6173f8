import {
  type AnyExperiment,
  type EmitRunEvent,
  type ExitCode,
  exitCodeOf,
  type RunOutcome,
  readObservations,
  resumeRun,
  runExperiment,
  showRun,
} from '@skyground/experiment';
import { refuseFlagsBut, typedNames } from '../../given-flags.ts';
import { foldedFor } from '../../output/fold.ts';
import { printable } from '../../output/format.ts';
import { jsonOutput } from '../../output/json.ts';
import { paintFor } from '../../output/paint.ts';
import { outputKindOf, silenceInkColours } from '../../output/terminal.ts';
import { resultsFolderOf, stateDir } from '../../paths.ts';
import { type Stop, stopOnSignals } from '../../stop.ts';
import { armLines, drawingOn } from '../output/arm-lines.ts';
import { plainRunOutput } from '../output/plain-run.ts';
import { resultLines } from '../output/result-lines.ts';
import { type CommonFlags, requestOf } from '../run-request.ts';
import { howToGoOn, unfinishedRun } from '../unfinished-run.ts';

type StartRun = (emit: EmitRunEvent, signal: AbortSignal) => Promise<RunOutcome>;

/** Flags that a resume may have: they do not change what is measured. */
const flagsOfAResume = ['resume', 'results', 'json', 'tui', 'screen-reader'];

/** `lab <experiment>`: runs it, or goes on with a run of it, and tells how it ended. */
export async function runCommand(
  experiment: AnyExperiment,
  flags: CommonFlags & Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  if (flags.dryRun === true && flags.resume === undefined) {
    const { planCommand } = await import('./plan.ts');
    return planCommand(experiment, requestOf(experiment, flags, process.env), { json: flags.json === true });
  }
  const stop = stopOnSignals();
  try {
    return await runExperimentUntil(stop, experiment, flags);
  } finally {
    stop.dispose();
  }
}

/** The same under a stop that is there already: that of the home screen, which gives the title its place in a sequence. */
export async function runExperimentUntil(
  stop: Stop,
  experiment: AnyExperiment,
  flags: CommonFlags & Readonly<Record<string, unknown>>,
  title: string = experiment.title,
): Promise<ExitCode> {
  const start = await startOf(experiment, flags);
  const outcome = await watched(title, start, flags, stop);
  await showOnIndexPage(outcome, flags, stop.signal);
  if (flags.json !== true) {
    const lines = await endingLines(outcome, experiment, flags);
    for (const line of foldedFor(process.stdout, lines)) console.log(line);
  }
  return exitCodeOf(outcome);
}

async function startOf(
  experiment: AnyExperiment,
  flags: CommonFlags & Readonly<Record<string, unknown>>,
): Promise<StartRun> {
  if (flags.resume !== undefined) {
    const typed = typedNames(flags).filter((name) => name !== 'tui' || flags.tui === false);
    refuseFlagsBut(flagsOfAResume, typed, '--resume goes on with the flags that the run began with');
    const folder = await unfinishedRun(experiment, flags.resume, resultsFolderOf(flags.results));
    return (emit, signal) => resumeRun(experiment, folder, { emit, signal, stateDir: stateDir() });
  }
  const { given, seed, ...request } = requestOf(experiment, flags, process.env);
  const options = { ...request, stateDir: stateDir(), ...(seed === undefined ? {} : { seed }) };
  return (emit, signal) => runExperiment(experiment, given, { ...options, emit, signal });
}

/** Chooses the reader of the events; the run itself is the same for all. */
async function watched(title: string, start: StartRun, flags: CommonFlags, stop: Stop): Promise<RunOutcome> {
  const kind = outputKindOf(flags);
  if (kind === 'terminal UI') {
    silenceInkColours();
    const { watchInTerminalUi } = await import('../../ui/live/index.tsx');
    return watchInTerminalUi(title, start, stop);
  }
  const write = (text: string) => void process.stdout.write(text);
  const emit: EmitRunEvent = kind === 'json' ? jsonOutput(write, () => new Date()) : plainRunOutput(write);
  return start(emit, stop.signal);
}

/** metrics/charts/index.html shows the newest run of every experiment. */
async function showOnIndexPage(outcome: RunOutcome, flags: CommonFlags, signal: AbortSignal): Promise<void> {
  if (!('verdict' in outcome)) return;
  const { renewIndexPage } = await import('../../index-page.ts');
  const problem = await renewIndexPage(resultsFolderOf(flags.results), signal);
  if (problem !== undefined) console.error(printable(`warning: ${problem}`));
}

const endings = {
  valid: 'Finished: the comparison is valid.',
  'not valid': 'Finished, but the comparison is not valid: see the findings.',
  'thresholds breached': 'Finished, but a threshold was not kept.',
} as const;

/** The last words: result or reason, how to go on, and the exit code. */
async function endingLines(
  outcome: RunOutcome,
  experiment: AnyExperiment,
  flags: CommonFlags,
): Promise<string[]> {
  const last = `(exit code ${exitCodeOf(outcome)})`;
  if ('verdict' in outcome) {
    const paint = paintFor(process.stdout);
    const observations = await readObservations(experiment, outcome.folder);
    return [
      '',
      ...armLines(observations, drawingOn(process.stdout, flags)),
      '',
      ...resultLines(await showRun(outcome.folder), paint),
      '',
      `${endings[outcome.kind]} ${last}`,
    ];
  }
  const message = printable(outcome.message);
  if (outcome.folder === undefined) return ['', `${message} ${last}`];
  return ['', `${message} ${last}`, howToGoOn(experiment.id, outcome.folder, flags.results)];
}
