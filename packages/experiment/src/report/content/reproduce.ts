import { basename } from 'node:path';
import type { AnyExperiment } from '../../contract/experiment.ts';
import { describeParameters } from '../../contract/parameters.ts';
import type { DerivedRun } from '../../run/derived-run.ts';
import type { Manifest } from '../../run/manifest.ts';
import type { Section } from '../document.ts';
import { commandOf, quotedCommand, typed } from './command-line.ts';

/** From the run folder, where the results of the project lie: `results/<experiment>/<run>`. */
const projectFolder = '../../..';

export function parametersSection(experiment: AnyExperiment, { parameters }: Manifest): Section | undefined {
  const rows = describeParameters(experiment.parameters).map(({ name, description, defaultValue }) => {
    const used = parameters[name];
    return [name, typed(used?.value ?? defaultValue), used?.origin ?? 'new since the run', description];
  });
  if (rows.length === 0) return undefined;
  return {
    id: 'parameters',
    title: 'Parameters',
    blocks: [
      {
        kind: 'table',
        caption: 'Parameters of the run',
        note: 'With where each value came from.',
        table: { columns: ['parameter', 'value', 'from', 'what it is'], rows },
      },
    ],
  };
}

export function reproduceSection({ experiment, manifest, folder }: DerivedRun): Section {
  const { id } = experiment;
  const run = `results/${id}/${basename(folder)}`;
  const [first] = manifest.sessions;
  return {
    id: 'reproduce',
    title: 'How to reproduce',
    blocks: [
      { kind: 'text', text: 'Measure the same again, in a new run:' },
      { kind: 'command', command: commandOf(manifest) },
      { kind: 'text', text: 'Work this report out again from the samples of this run:' },
      { kind: 'command', command: `npm run lab -- report ${run}` },
      ...(first === undefined || first.commandLine.length === 0
        ? []
        : [
            { kind: 'text', text: 'It was started, secrets masked, with:' } as const,
            { kind: 'command', command: quotedCommand(first.commandLine) } as const,
          ]),
      {
        kind: 'link',
        before: 'Options, what to expect, and what to do when something goes wrong:',
        label: `docs/experiments/${id}.md`,
        href: `${projectFolder}/docs/experiments/${id}.md`,
      },
      { kind: 'downloads' },
    ],
  };
}
