import { expect, test } from 'vitest';
import { CostError, type OnPremMeasured, type OnPremParameters, onPremCost } from '../src/index.ts';

const measured: OnPremMeasured = { kind: 'cpu-seconds', perImage: [0.05, 0.15] };

test('a month of one server with the defaults, by hand', () => {
  const cost = onPremCost(1_000_000, measured);
  expect(cost).toMatchObject({ modelled: true, servers: 1 });
  // 6,000 / (12 x 5)
  expect(cost.serverMonth.hardwareUsd).toBe(100);
  // 0.25 kW x 730 h x 1.58 x 0.1351 = 182.5 x 1.58 x 0.1351 = 288.35 x 0.1351
  expect(cost.serverMonth.energyUsd).toBeCloseTo(38.956085, 9);
  // 125,840 / 12 / 30
  expect(cost.serverMonth.operationsUsd).toBeCloseTo(349.555555556, 9);
  expect(cost.totalUsd).toBeCloseTo(488.511640556, 9);
  // 0.1 CPU s on 16 cores: 0.00625 s of a server; 730 x 3600 s x 0.65 / 0.00625
  expect(cost.imagesPerServer).toBeCloseTo(273_312_000, 3);
});

test('every default has a source or the word assumption, and what is given says so', () => {
  const { parameters } = onPremCost(1, measured, { pue: 1.2 });
  expect(parameters).toHaveLength(10);
  for (const { name, source, note } of parameters) {
    expect(note).not.toBe('');
    if (name === 'pue') expect(source).toBe('given');
    else expect(source).toMatch(/^(assumption|https?:\/\/.+)$/);
  }
  expect(parameters.find(({ name }) => name === 'pue')?.value).toBe(1.2);
});

test('servers are whole: a step at each that is full', () => {
  // One core, fully used, 2.628 s an image: a million images a month.
  const million: OnPremMeasured = { kind: 'cpu-seconds', perImage: [2.628] };
  const given = { coresPerServer: 1, utilisation: 1 };
  const servers = (images: number, minimumServers = 1) =>
    onPremCost(images, million, { ...given, minimumServers }).servers;
  expect([0, 1, 1e6, 1e6 + 1, 7e6, 7e6 + 1].map((images) => servers(images))).toEqual([1, 1, 1, 2, 7, 8]);
  expect([1, 2e6, 3e6].map((images) => servers(images, 2))).toEqual([2, 2, 3]);
  // Also a million images, but in doubles 2,628,000 x 0.7 / 1.8396 is 999,999.9999999999.
  const rounded: OnPremMeasured = { kind: 'cpu-seconds', perImage: [1.8396] };
  expect(onPremCost(7e6, rounded, { ...given, utilisation: 0.7 }).servers).toBe(7);
});

test('images a second of a whole machine need no number of cores', () => {
  const { imagesPerServer } = onPremCost(
    1,
    // As long for one batch as 1/40 + 1/10 s for two images: 0.0625 s an image.
    { kind: 'images-per-second', perMachine: [40, 10] },
    { utilisation: 0.5 },
  );
  // 2,628,000 s x 0.5 / 0.0625
  expect(imagesPerServer).toBe(21_024_000);
});

test.each<[Partial<OnPremParameters>, string]>([
  [{ pue: 0.9 }, 'pue'],
  [{ utilisation: 0 }, 'utilisation'],
  [{ utilisation: 1.01 }, 'utilisation'],
  [{ coresPerServer: 1.5 }, 'coresPerServer'],
  [{ serverUsd: Number.NaN }, 'serverUsd'],
  [{ amortisationYears: 0 }, 'amortisationYears'],
  [JSON.parse('{"rackUnits":1}'), 'rackUnits'],
])('the parameters %j are refused by name', (given, name) => {
  expect(() => onPremCost(1, measured, given)).toThrow(CostError);
  expect(() => onPremCost(1, measured, given)).toThrow(name);
});

test('no measured work, or none that can be, is refused', () => {
  expect(() => onPremCost(1, { kind: 'cpu-seconds', perImage: [] })).toThrow('got none');
  expect(() => onPremCost(1, { kind: 'cpu-seconds', perImage: [1, 0] })).toThrow('value 2 of 2 is 0');
  expect(() => onPremCost(1, { kind: 'images-per-second', perMachine: [Number.NaN] })).toThrow('NaN');
  expect(() => onPremCost(Number.NaN, measured)).toThrow('imagesPerMonth');
});
