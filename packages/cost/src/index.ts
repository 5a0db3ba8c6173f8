export {
  type Bill,
  type BilledVolume,
  type BillLine,
  type BillOptions,
  bill,
  type NotPriced,
} from './bill/bill.ts';
export { type ReportedInvocation, type ReportedUsage, usageOfReports } from './bill/report-usage.ts';
export { type LambdaUsage, type Usage, usageSchema } from './bill/usage.ts';
export type { BoundedVolume, BreakEvenOutcome } from './compare/break-even.ts';
export {
  type BreakEvenInterval,
  type CloudSide,
  type CompareOptions,
  type CostComparison,
  compareCosts,
  type OnPremSide,
} from './compare/compare-costs.ts';
export type { Crossing, Side, VolumeRange } from './compare/crossings.ts';
export type { CurvePoint, CurveUsd } from './compare/curve.ts';
export { CostError } from './errors.ts';
export { estimateRun, type RunEstimate, type RunPlan } from './estimate-run.ts';
export { type OnPremCost, type OnPremMeasured, onPremCost } from './on-prem/cost.ts';
export type { OnPremParameters, ParameterUsed } from './on-prem/parameters.ts';
export { type PriceAge, priceAge } from './prices/age.ts';
export type { PriceItem, Service } from './prices/items.ts';
export { pricesOf, type RegionPrices, usEast1Prices } from './prices/regions.ts';
export { type PriceTable, parsePriceTable, pricesReadOn } from './prices/table.ts';
