import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { belowTheTable, conformanceTable } from './conformance-table.ts';
import { implementedOperations } from './implemented-operations.ts';

const sources = resolve(import.meta.dirname, '../../src');

interface Chapter {
  readonly title: string;
  /** Of services/, which holds differences.md. */
  readonly folder: string;
  /** Signing names, each with the name of its own list of operations. */
  readonly services: readonly { readonly id: string; readonly title: string }[];
}

const chapter = (id: string, title: string): Chapter => ({ title, folder: id, services: [{ id, title }] });

const CHAPTERS: readonly Chapter[] = [
  chapter('s3', 'S3'),
  chapter('lambda', 'Lambda'),
  chapter('states', 'Step Functions'),
  chapter('dynamodb', 'DynamoDB'),
  {
    title: 'API Gateway',
    folder: 'apigateway',
    services: [
      { id: 'apigatewayv2', title: 'API Gateway, HTTP APIs' },
      { id: 'apigateway', title: 'API Gateway, REST APIs' },
    ],
  },
  chapter('logs', 'CloudWatch Logs'),
  chapter('monitoring', 'CloudWatch metrics'),
  chapter('iam', 'IAM'),
  chapter('sts', 'STS'),
];

/** docs/fidelity.md. */
export function fidelityPage(): string {
  const operations = implementedOperations();
  const named = CHAPTERS.flatMap(({ services }) => services.map(({ id }) => id));
  const forgotten = [...operations.keys()].filter((id) => !named.includes(id));
  if (forgotten.length > 0) throw new Error(`No chapter of docs/fidelity.md names ${forgotten.join(', ')}.`);
  return [
    '# How true the embedded cloud is to AWS',
    '',
    `The embedded cloud (packages/local-cloud) speaks the wire protocols of ${operations.size} AWS services and does what the lists below name. Whatever else it is asked for, an operation, a member of a request or a value, it refuses with \`NotImplemented\` (HTTP 501) and the name of what it lacks: nothing is half-done in silence. Anything that is neither listed as done nor as a difference, and behaves otherwise than AWS, is a bug.`,
    '',
    '`npm run fidelity` writes this page: the operations from the code, the differences from the file beside each service, the figures from the last run of `npm run conformance -- --raise`. A test fails when it is not what would be written.',
    '',
    '## Operations',
    '',
    ...CHAPTERS.flatMap((each) => operationsOf(each, operations)),
    '## Known differences',
    '',
    '### Everywhere',
    '',
    readDifferences('differences.md').differences,
    '',
    ...CHAPTERS.flatMap(({ title, folder }) => [
      `### ${title}`,
      '',
      readDifferences(`services/${folder}/differences.md`).differences,
      '',
    ]),
    '## How it is judged',
    '',
    readFileSync(resolve(import.meta.dirname, 'judges.md'), 'utf8').trim(),
    '',
    '### Executions as AWS ran them',
    '',
    ...conformanceTable(),
    '',
    ...belowTheTable(),
    '',
  ].join('\n');
}

function operationsOf(
  { folder, services }: Chapter,
  operations: ReadonlyMap<string, readonly string[]>,
): string[] {
  const { also } = readDifferences(`services/${folder}/differences.md`);
  return [
    ...services.flatMap(({ id, title }) => [
      `### ${title} (\`${id}\`)`,
      '',
      (operations.get(id) ?? []).map((name) => `\`${name}\``).join(' '),
      '',
    ]),
    ...(also === undefined ? [] : [`Also: ${uncapitalised(also)}`, '']),
  ];
}

/** The first word begins a sentence in the file and goes on with one here, unless it is a name in capitals. */
function uncapitalised(text: string): string {
  return /^[A-Z][a-z]*\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function readDifferences(file: string): { readonly differences: string; readonly also: string | undefined } {
  const [differences = '', also] = readFileSync(resolve(sources, file), 'utf8').split(/^## Also$/m);
  return { differences: differences.trim(), also: also?.trim() };
}
