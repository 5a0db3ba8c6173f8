import type { Check, CheckInput, Finding } from './check.ts';
import { clockOffset } from './clock-offset.ts';
import { coldImbalance } from './cold-imbalance.ts';
import { coldLeftOut } from './cold-left-out.ts';
import { contradictingTimes } from './contradicting-times.ts';
import { doubledRows } from './doubled-rows.ts';
import { drift } from './drift.ts';
import { failures } from './failures.ts';
import { impossibleDurations } from './impossible-durations.ts';
import { lateSends } from './late-sends.ts';
import { leftOut } from './left-out.ts';
import { machineLoad } from './machine-load.ts';
import { missingRows } from './missing-rows.ts';
import { noWork } from './no-work.ts';
import { order } from './order.ts';
import { partialTiming } from './partial-timing.ts';
import { compareText } from './rows.ts';
import { stalePrices } from './stale-prices.ts';
import { tooFew } from './too-few.ts';
import { truncatedPayload } from './truncated-payload.ts';
import { unknownStarts } from './unknown-starts.ts';
import { unplannedRows } from './unplanned-rows.ts';
import { unsent } from './unsent.ts';
import { wrongVariant } from './wrong-variant.ts';

/** Every check that any experiment gets; it may add its own (`checks`). */
export const allChecks: readonly Check[] = [
  clockOffset,
  coldImbalance,
  coldLeftOut,
  contradictingTimes,
  doubledRows,
  drift,
  failures,
  impossibleDurations,
  lateSends,
  leftOut,
  machineLoad,
  missingRows,
  noWork,
  order,
  partialTiming,
  stalePrices,
  tooFew,
  truncatedPayload,
  unknownStarts,
  unplannedRows,
  unsent,
  wrongVariant,
];

/** What is wrong with a run: errors first, then by check and arm. Pure: the samples of an old run give the same again. */
export function findAll(input: CheckInput): readonly Finding[] {
  return inOrder(allChecks.flatMap((check) => check.find(input)));
}

export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compareText(a.severity, b.severity) ||
      compareText(a.checkId, b.checkId) ||
      compareText(a.arms.join(), b.arms.join()),
  );
}
