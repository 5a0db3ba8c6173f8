export { CostError } from './errors.ts';
export { type CostItem, estimateRun, type RunEstimate, type RunPlan } from './estimate-run.ts';
export { type PriceTable, parsePriceTable, usEast1Prices } from './price-table.ts';
