import { experiments, type ListedExperiment } from '../experiments.ts';
import { parseRunFlags } from '../options.ts';
import { outputKindOf, silenceInkColours } from '../output/terminal.ts';
import { defaultResultsFolder } from '../paths.ts';
import { stopOnSignals } from '../stop.ts';
import { runCommand } from './run.ts';

/** `npm run master` without anything: the home screen, or, where there is no terminal to show it on, the comparison itself. */
export async function homeCommand(): Promise<number> {
  if (outputKindOf({}) !== 'terminal UI') return runCommand({});
  return showHome({ experiments, resultsFolder: defaultResultsFolder, flags: {} });
}

/** The home screen of these experiments; `flags` are those of the main comparison. Returns the exit code. */
export async function showHome(content: {
  readonly experiments: readonly ListedExperiment[];
  readonly resultsFolder: string;
  readonly flags: Readonly<Record<string, string>>;
}): Promise<number> {
  const { flags, ...rest } = content;
  silenceInkColours();
  const { openHome } = await import('../ui/home/index.tsx');
  const stop = stopOnSignals();
  try {
    return await openHome({ ...rest, comparison: parseRunFlags(flags) }, stop);
  } finally {
    stop.dispose();
  }
}
