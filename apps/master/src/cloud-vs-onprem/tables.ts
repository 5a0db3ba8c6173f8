import type { SummaryTable } from '@skyground/experiment';
import { summarise } from '@skyground/statistics';
import { formatMs } from '../output/format.ts';
import type { SideFigures } from './stability.ts';
import type { Summary } from './summary.ts';
import type { SideScaling, SweepPoint } from './throughput.ts';
import { count, kneeWords, percent, volumeWords } from './wording.ts';

const nothing = '–';

function usd(amount: number): string {
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function tables(summary: Summary): readonly SummaryTable[] {
  return [sideBySide(summary), ...sweepTables(summary), ...costTables(summary)];
}

function sideBySide({ onPrem, cloud, targetLabel }: Summary): SummaryTable {
  const row = (name: string, textOf: (figures: SideFigures) => string) => [
    name,
    textOf(onPrem),
    textOf(cloud),
  ];
  const ms = (value: number | null) => (value === null ? nothing : formatMs(value));
  return {
    id: 'side-by-side',
    title: 'Both sides',
    note: 'Times are those of warm, successful images, from decoding to encoding; percentiles are R-7. Throughput is the median of whole rounds.',
    columns: ['', 'on-prem', targetLabel],
    rows: [
      row('images compared', ({ compared, rows }) => `${compared} of ${rows}`),
      row('median', ({ medianMs }) => ms(medianMs)),
      row('mean', ({ meanMs }) => ms(meanMs)),
      row('95th percentile', ({ p95Ms }) => ms(p95Ms)),
      row('images a second', ({ imagesPerS }) => imagesPerS?.toFixed(2) ?? nothing),
      row('variation of one image (median)', ({ variation }) =>
        variation === null ? nothing : percent(variation),
      ),
      row(
        'p99 over p50, each image by its own median',
        ({ p99OverP50 }) => p99OverP50?.toFixed(2) ?? nothing,
      ),
      row('cold starts, not compared', ({ cold }) => String(cold)),
      row('failed', ({ failed }) => String(failed)),
      row('never came back', ({ timedOut }) => String(timedOut)),
    ],
  };
}

function sweepTables({ scaling, targetLabel }: Summary): readonly SummaryTable[] {
  if (scaling === null) return [];
  const sides = [
    { name: 'on-prem', side: scaling.onPrem },
    { name: targetLabel, side: scaling.cloud },
  ];
  const points = (pick: (side: SideScaling) => readonly SweepPoint[]) =>
    sides.flatMap(({ name, side }) =>
      pick(side).map(({ load, imagesPerS }) => {
        const summary = summarise(imagesPerS);
        const [median, least, most] =
          summary.kind === 'summary'
            ? [summary.median, summary.min, summary.max].map((value) => value.toFixed(2))
            : [];
        return [
          name,
          String(load),
          median ?? nothing,
          least ?? nothing,
          most ?? nothing,
          String(imagesPerS.length),
        ];
      }),
    );
  const columns = (load: string) => ['side', load, 'images/s (median)', 'least', 'most', 'rounds'];
  const coefficient = ({ estimate, low, high }: { estimate: number; low: number; high: number }) =>
    `${estimate.toPrecision(3)} (${low.toPrecision(3)} to ${high.toPrecision(3)})`;
  return [
    {
      id: 'sweep-width',
      title: 'Throughput over width',
      note: 'Width: on-prem workers, or Lambda environments at once. Each point was measured in rounds of its own.',
      columns: columns('width'),
      rows: points(({ overWidth }) => overWidth),
    },
    {
      id: 'scalability-law',
      title: 'Universal Scalability Law',
      note: 'X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)), least squares, with 95 % intervals: lambda is what one does alone, sigma the share that waits its turn, kappa what each pair costs.',
      columns: ['side', 'lambda (images/s)', 'sigma', 'kappa', 'R²', 'what shows'],
      rows: sides.flatMap(({ name, side: { fit } }) =>
        fit.kind === 'fit'
          ? [
              [
                name,
                coefficient(fit.lambda),
                coefficient(fit.sigma),
                coefficient(fit.kappa),
                fit.r2.toFixed(3),
                kneeWords(fit.knee),
              ],
            ]
          : [[name, `no fit (${fit.kind})`, nothing, nothing, nothing, nothing]],
      ),
    },
    {
      id: 'sweep-images',
      title: 'Throughput over the number of images',
      note: 'As wide as --workers and --concurrency say, or the number of cores. Few images leave workers idle at the end of a round.',
      columns: columns('images'),
      rows: points(({ overImages }) => overImages),
    },
  ];
}

function costTables({ breakEven }: Summary): readonly SummaryTable[] {
  if (breakEven.kind !== 'comparison') return [];
  const { region, pricesReadOn, curve, parameters, first, lasting, outcome } = breakEven;
  const basis = `Modelled from list prices of ${region} of ${pricesReadOn}, without the free tier`;
  const crossings = outcome.kind === 'crosses' ? outcome.crossings.length : 0;
  return [
    {
      id: 'break-even',
      title: 'Cost a month (modelled)',
      note: `${basis}. On-prem is first cheaper from ${volumeWords(first, breakEven)}, for good from ${volumeWords(lasting, breakEven)}; the lines cross ${crossings === 1 ? 'once' : `${crossings} times`}.`,
      columns: ['images a month', 'cloud (USD)', 'on-prem (USD)', 'servers', 'cheaper'],
      rows: curve.map(({ imagesPerMonth, cloud, onPrem }) => [
        count(imagesPerMonth),
        usd(cloud.usd),
        usd(onPrem.usd),
        count(onPrem.servers),
        onPrem.usd < cloud.usd ? 'on-prem' : 'cloud',
      ]),
    },
    {
      id: 'cost-assumptions',
      title: 'What the cost of own servers is modelled from',
      note: 'Change any with --on-prem-cost name=value. Whether a figure is sourced or assumed stands beside it.',
      columns: ['parameter', 'value', 'unit', 'source', 'note'],
      rows: parameters.map(({ name, value, unit, source, note }) => [
        name,
        value.toLocaleString('en-US', { maximumSignificantDigits: 12 }),
        unit,
        source,
        note,
      ]),
    },
  ];
}
