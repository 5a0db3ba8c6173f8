import type { ImageRecord } from '@skyground/metrics';
import { comparedRows, rowKey } from './rows.ts';

/** Something that the reader must know beside the numbers. An error makes the comparison not valid (exit code 3). */
export interface Finding {
  readonly level: 'error' | 'warning' | 'info';
  readonly id: string;
  readonly message: string;
}

export interface FindingsInput {
  readonly onPrem: readonly ImageRecord[];
  readonly cloud: readonly ImageRecord[];
  /** What the run set out to do: every image, this many times, on both sides. */
  readonly expected: { readonly images: readonly string[]; readonly repetitions: number };
  /** Sides that were stopped in the middle and resumed. */
  readonly interruptedSides: readonly ImageRecord['source'][];
  /** Outputs that are not byte-identical on both sides; null where they were not compared. */
  readonly differentOutputs: readonly string[] | null;
}

type Check = (input: FindingsInput) => Finding[];

const sides = [
  ['on-prem', 'onPrem'],
  ['cloud', 'cloud'],
] as const;

/** At most this share of a side's rows may be left out as cold before the sides no longer did comparable work. */
const maximumColdShare = 0.1;

function named(names: readonly string[], maximum = 5): string {
  const shown = names.slice(0, maximum).join(', ');
  return names.length > maximum ? `${shown} and ${names.length - maximum} more` : shown;
}

function expectedKeys(expected: FindingsInput['expected']): string[] {
  return expected.images.flatMap((image) =>
    Array.from({ length: expected.repetitions }, (_, index) => rowKey({ image, repetition: index + 1 })),
  );
}

const missingRows: Check = (input) =>
  sides.flatMap(([title, side]) => {
    const present = new Set(input[side].map(rowKey));
    const missing = expectedKeys(input.expected).filter((key) => !present.has(key));
    if (missing.length === 0) return [];
    return [
      {
        level: 'error',
        id: 'missing-rows',
        message: `${missing.length} of ${expectedKeys(input.expected).length} rows never arrived on the ${title} side (repetition/image): ${named(missing)}.`,
      },
    ];
  });

const doubledRows: Check = (input) =>
  sides.flatMap(([title, side]) => {
    const seen = new Set<string>();
    const doubled = input[side].map(rowKey).filter((key) => seen.size === seen.add(key).size);
    if (doubled.length === 0) return [];
    return [
      {
        level: 'error',
        id: 'doubled-rows',
        message: `Rows counted twice on the ${title} side: ${named(doubled)}.`,
      },
    ];
  });

const failures: Check = (input) => {
  const failed = (records: readonly ImageRecord[]) =>
    new Map(
      records
        .filter((row) => row.status === 'error')
        .map((row) => [rowKey(row), row.error ?? 'no reason recorded']),
    );
  const onPrem = failed(input.onPrem);
  const cloud = failed(input.cloud);
  const findings: Finding[] = [];
  for (const [key, reason] of onPrem) {
    if (cloud.has(key)) {
      findings.push({
        level: 'info',
        id: 'failed-alike',
        message: `${key} failed on both sides alike: ${reason}.`,
      });
    } else {
      findings.push({
        level: 'error',
        id: 'one-sided-failure',
        message: `${key} failed on-prem only: ${reason}.`,
      });
    }
  }
  for (const [key, reason] of cloud) {
    if (!onPrem.has(key))
      findings.push({
        level: 'error',
        id: 'one-sided-failure',
        message: `${key} failed in the cloud only: ${reason}.`,
      });
  }
  return findings;
};

const coldImbalance: Check = (input) =>
  sides.flatMap(([title, side]): Finding[] => {
    const successful = input[side].filter((row) => row.status === 'ok');
    const cold = successful.filter((row) => row.cold === true);
    if (cold.length === 0) return [];
    const warmImages = new Set(comparedRows(input[side]).map((row) => row.image));
    const onlyCold = [...new Set(cold.map((row) => row.image))].filter((image) => !warmImages.has(image));
    const share = cold.length / successful.length;
    const left = `${cold.length} of ${successful.length} rows on the ${title} side were cold starts and are not compared`;
    if (onlyCold.length > 0 || share > maximumColdShare) {
      const why = onlyCold.length > 0 ? `so ${named(onlyCold)} has no warm row there` : 'more than a tenth';
      return [
        {
          level: 'error',
          id: 'cold-imbalance',
          message: `${left}, ${why}. Run again, or with more --repetitions, so that warm rows of the same images remain.`,
        },
      ];
    }
    return [{ level: 'warning', id: 'cold-rows', message: `${left}.` }];
  });

const missingReports: Check = (input) => {
  const without = input.cloud.filter((row) => row.requestId !== null && row.billedMs === null);
  if (without.length === 0) return [];
  return [
    {
      level: 'warning',
      id: 'missing-reports',
      message: `${without.length} cloud rows have no REPORT line, so billed time and memory stay empty. Logs can lag: try a longer --log-wait.`,
    },
  ];
};

const retried: Check = (input) =>
  sides.flatMap(([title, side]) => {
    const rows = input[side].filter((row) => row.attempt > 1);
    if (rows.length === 0) return [];
    return [
      {
        level: 'warning',
        id: 'retried',
        message: `Tried more than once on the ${title} side: ${named(rows.map(rowKey))}.`,
      },
    ];
  });

const differentOutputs: Check = ({ differentOutputs: names }) => {
  if (names === null || names.length === 0) return [];
  return [
    {
      level: 'warning',
      id: 'different-outputs',
      message: `${names.length} outputs are not byte-identical on both sides: ${named(names)}. Another libvips or processor did other work.`,
    },
  ];
};

const interrupted: Check = ({ interruptedSides }) => {
  if (interruptedSides.length === 0) return [];
  const titles = interruptedSides.map((side) => (side === 'cloud' ? 'cloud' : 'on-prem')).join(' and ');
  return [
    {
      level: 'warning',
      id: 'interrupted',
      message: `The run was stopped and resumed while the ${titles} side worked: its wall time and images per second would span the pause and are left out.`,
    },
  ];
};

/** Every check, each able to fail. Pure: the same rows give the same findings later. */
const checks: readonly Check[] = [
  missingRows,
  doubledRows,
  failures,
  coldImbalance,
  missingReports,
  retried,
  interrupted,
  differentOutputs,
];

export function findFaults(input: FindingsInput): Finding[] {
  return checks.flatMap((check) => check(input));
}
