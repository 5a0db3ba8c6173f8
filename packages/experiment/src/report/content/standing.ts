import { formatNumber, plural } from '@skyground/charts';
import type { Finding } from '../../checks/check.ts';
import type { DerivedRun } from '../../run/derived-run.ts';
import { isBroken, type JudgedThreshold } from '../../run/thresholds.ts';
import type { Remark, Standing } from '../document.ts';

/** Whether the figures may be used, in the order of the exit codes: not valid before thresholds. */
export function standingOf({ findings, thresholds }: DerivedRun): Standing {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const broken = thresholds.filter(isBroken).length;
  if (errors > 0) {
    return {
      kind: 'bad',
      title: 'Not valid',
      text: `${plural(errors, 'error')} below: do not use these figures as a comparison.`,
    };
  }
  const validity = warnings === 0 ? 'Valid' : `Valid, with ${plural(warnings, 'warning')}`;
  if (broken > 0) {
    return {
      kind: 'bad',
      title: `${validity}; ${plural(broken, 'threshold')} not kept`,
      text: 'The comparison holds, and what it shows is not what was asked for.',
    };
  }
  return warnings > 0
    ? {
        kind: 'careful',
        title: validity,
        text: 'The comparison holds if what is named below does not matter.',
      }
    : { kind: 'good', title: validity, text: 'No check found anything wrong with the comparison.' };
}

export function remarksOf({ findings, thresholds }: DerivedRun): readonly Remark[] {
  const alike = Map.groupBy(findings, ({ severity, checkId, remedy }) =>
    JSON.stringify([severity, checkId, remedy]),
  );
  return [...[...alike.values()].flatMap(findingsRemark), ...thresholds.map(thresholdRemark)];
}

function findingsRemark(alike: readonly Finding[]): readonly Remark[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { severity, checkId, remedy } = first;
  const texts = alike.map(({ seen }) => seen);
  const label = `${severity === 'error' ? 'Error' : 'Warning'} (${checkId})`;
  return [{ kind: severity === 'error' ? 'bad' : 'careful', label, texts, remedy }];
}

function thresholdRemark(threshold: JudgedThreshold): Remark {
  const { text, arm, verdict, value } = threshold;
  const what = text.trimStart().startsWith(arm) ? text.trim() : `${arm}: ${text.trim()}`;
  // Of shares and counts the threshold names the kind itself.
  const unit = /:\s*(rate|count)\s*[<>=!]/.test(text) ? '' : ' ms';
  const was =
    value === null ? 'there were no samples to judge it by' : `it was ${formatNumber(value)}${unit}`;
  return isBroken(threshold)
    ? { kind: 'bad', label: 'Threshold not kept', texts: [`${what}, but ${was}.`], remedy: undefined }
    : { kind: 'good', label: `Threshold ${verdict}`, texts: [`${what}; ${was}.`], remedy: undefined };
}
