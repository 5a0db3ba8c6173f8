import { basename, resolve } from 'node:path';
import { shownValue } from '../../command-line.ts';
import type { AnyExperiment } from '../../contract/experiment.ts';
import { describeParameters } from '../../contract/parameters.ts';
import type { DerivedRun } from '../../run/derived-run.ts';
import type { Manifest } from '../../run/manifest.ts';
import type { Block, Section } from '../document.ts';
import { quotedCommand, rerunCommand } from './rerun-command.ts';

export function parametersSection(experiment: AnyExperiment, { parameters }: Manifest): Section | undefined {
  const rows = describeParameters(experiment.parameters).map(({ name, description, defaultValue }) => {
    const used = parameters[name];
    return [
      name,
      shownValue(used === undefined ? defaultValue : used.value),
      used?.origin ?? 'new since the run',
      description,
    ];
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

/** How to get these figures again; `guideHref` leads from the page to the experiment's guide, undefined where it is not near. */
export function reproduceSection(run: DerivedRun, guideHref: string | undefined): Section {
  const { experiment, manifest, folder } = run;
  const where = guideHref === undefined ? resolve(folder) : `results/${experiment.id}/${basename(folder)}`;
  const [first] = manifest.sessions;
  return {
    id: 'reproduce',
    title: 'How to reproduce',
    blocks: [
      { kind: 'text', text: 'Measure the same again, in a new run:' },
      { kind: 'command', command: rerunCommand(manifest) },
      { kind: 'text', text: 'Work this report out again from the samples of this run:' },
      { kind: 'command', command: `npm run lab -- report ${quotedCommand([where])}` },
      ...(first === undefined || first.commandLine.length === 0
        ? []
        : [
            { kind: 'text', text: 'It was started, secrets masked, with:' } as const,
            { kind: 'command', command: quotedCommand(first.commandLine) } as const,
          ]),
      guideBlock(`docs/experiments/${experiment.id}.md`, guideHref),
      { kind: 'downloads' },
    ],
  };
}

/** The page may have been moved or mailed: the words say where the guide is even if the link no longer does. */
function guideBlock(path: string, href: string | undefined): Block {
  const before =
    'Options, what to expect, and what to do when something goes wrong, in the folder of Skyground:';
  return href === undefined
    ? { kind: 'text', text: `${before} ${path}` }
    : { kind: 'link', before, label: path, href };
}
