import type { DerivedRun } from '../run/derived-run.ts';
import { armsSection } from './content/arms.ts';
import { billSection } from './content/bill.ts';
import { environmentSection, meaningOf } from './content/environment.ts';
import { methodSection } from './content/method.ts';
import { parametersSection, reproduceSection } from './content/reproduce.ts';
import { remarksOf, standingOf } from './content/standing.ts';
import type { ReportDocument, Section } from './document.ts';

/** All that a report says, in its order, whatever it is then written as. Pure. */
export function reportDocument(run: DerivedRun, guideHref: string | undefined): ReportDocument {
  const { experiment, manifest, verdict } = run;
  const sections = [
    armsSection(run),
    chartsSection(run),
    analysisSection(run),
    figuresSection(run),
    billSection(run.bill),
    environmentSection(manifest),
    parametersSection(experiment, manifest),
    methodSection(run),
    filesSection(run),
    reproduceSection(run, guideHref),
  ];
  const started = manifest.sessions[0]?.startedAt;
  return {
    title: experiment.title,
    question: experiment.question,
    headline: verdict.headline,
    sentences: verdict.sentences,
    standing: standingOf(run),
    remarks: remarksOf(run),
    ranOn: `Ran on ${manifest.targetLabel}. ${meaningOf(manifest)} Started ${started === undefined ? 'at an unknown time' : asUtc(started)}; run ${manifest.runId}.`,
    sections: sections.filter((section) => section !== undefined),
  };
}

/** `2026-11-21T19:55:48.107Z` as people write it: the run's name has the rest. */
function asUtc(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The experiment's own tables. */
function figuresSection({ experiment, summary }: DerivedRun): Section | undefined {
  const tables = experiment.tables?.(summary) ?? [];
  if (tables.length === 0) return undefined;
  return {
    id: 'figures',
    title: 'Figures',
    blocks: tables.map(({ title, note, columns, rows }) => ({
      kind: 'table',
      caption: title,
      note,
      table: { columns, rows },
    })),
  };
}

function chartsSection({ charts }: DerivedRun): Section | undefined {
  if (charts.length === 0) return undefined;
  return { id: 'charts', title: 'Charts', blocks: charts.map((chart) => ({ kind: 'chart', chart })) };
}

/** The experiment's own reading of its figures. */
function analysisSection({ experiment, summary }: DerivedRun): Section | undefined {
  const sections = experiment.analysis?.(summary) ?? [];
  if (sections.length === 0) return undefined;
  return {
    id: 'analysis',
    title: 'What the data say',
    blocks: sections.map(({ title, paragraphs }) => ({ kind: 'prose', title, paragraphs })),
  };
}

function filesSection({ files }: DerivedRun): Section | undefined {
  if (files.length === 0) return undefined;
  return {
    id: 'files',
    title: 'Files',
    blocks: [
      { kind: 'text', text: 'Worked out from the samples, in the folder of this report:' },
      { kind: 'files', files: files.map(({ path, title }) => [path, title]) },
    ],
  };
}
