import { readFloors } from '../report/floors.ts';
import { LEVELS, type Level, type Tally } from '../report/tally.ts';

/** What the last raising run of the recordings reached, as Markdown. */
export function conformanceTable(): string[] {
  const { date, groups, selfContained } = readFloors();
  return [
    `Reached on ${date}. Result: status, output and error. Types: event types in order. Events: every event with its id, its link and its details. Of the cases that can be judged on it; \`wire:\` are single requests and events, judged as a whole by the tests.`,
    '',
    '| Group | Cases | Result | Types | Events | Not applicable |',
    '|---|---:|---:|---:|---:|---:|',
    ...Object.entries(groups).map(([group, tally]) => row(group, tally)),
    row('**Self-contained cases of Step Functions**', selfContained),
  ];
}

export function belowTheTable(): string[] {
  const { notApplicable, failing } = readFloors();
  return [
    'Not applicable, and why:',
    '',
    ...notApplicable.map(([reason, count]) => `- ${count}: ${reason}`),
    '',
    ...(failing.length === 0
      ? ['Every case that applies is as recorded.']
      : ['Different from what was recorded:', '', ...failing.map((id) => `- \`${id}\``)]),
  ];
}

function row(name: string, { cases, notApplicable, ...levels }: Tally): string {
  return `| ${[name, cases, ...LEVELS.map((level) => share(levels[level])), notApplicable].join(' | ')} |`;
}

function share({ passed, of }: Level): string {
  return of === 0 ? '' : `${passed} of ${of}`;
}
