import { createInterface } from 'node:readline/promises';
import {
  CloudUsageError,
  type DestroyStep,
  deploy,
  describeConfig,
  destroy,
  planDeploy,
  planDestroy,
} from '@skyground/cloud';

import { DEFAULTS, imageProcessorDeclaration } from './declaration.ts';
import { type Flags, parseFlags } from './flags.ts';
import { type OpenedTarget, openTarget } from './open-target.ts';
import { createReporter, type Reporter } from './reporter.ts';

const EXIT = { ok: 0, failed: 1, usage: 2, stopped: 130 } as const;

/** Runs one command. @returns the exit code. */
export async function main(command: 'deploy' | 'destroy' | 'config', rawFlags: unknown): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => {
    // The second one forces. What was half-done is finished by the next deploy or destroy.
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    stop.abort(new Error('stopped'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const flags = parseFlags(rawFlags, process.env['INIT_CWD'] ?? process.cwd(), process.env);
    const report = createReporter(flags.json, process.stdout);
    if (command === 'config') {
      for (const setting of describeConfig(flags.settings, process.env, DEFAULTS))
        report.setting(setting, flags.origin);
      return EXIT.ok;
    }
    const target = await openTarget({ ...flags, environment: process.env, signal: stop.signal });
    try {
      for (const notice of target.notices) report.notice(notice);
      const run = command === 'deploy' ? runDeploy : runDestroy;
      await run(flags, target, report, stop.signal);
      return EXIT.ok;
    } finally {
      await target.close();
    }
  } catch (error) {
    if (stop.signal.aborted) return EXIT.stopped;
    const isUsage = error instanceof CloudUsageError;
    console.error(error instanceof Error ? error.message : error);
    return isUsage ? EXIT.usage : EXIT.failed;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function runDeploy(
  flags: Flags,
  { clients }: OpenedTarget,
  report: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const declaration = imageProcessorDeclaration(flags.settings, clients.target);
  report.heading(flags.dryRun ? 'Would deploy' : 'Deploying', clients.target.label);
  if (flags.dryRun) {
    const plan = await planDeploy(declaration, clients, { signal });
    for (const step of plan.steps) report.deployStep(step, 'planned');
    report.summary(plan.changed, {
      changed: 'Nothing was changed (dry run).',
      unchanged: 'Everything is as declared.',
    });
    const { runCostSentence } = await import('./run-cost.ts');
    report.note(runCostSentence(declaration));
    return;
  }
  const result = await deploy(declaration, clients, {
    signal,
    onStep: (step) => report.deployStep(step, 'done'),
  });
  report.summary(result.changed, {
    changed: 'Deployed.',
    unchanged: 'Nothing to change: everything is as declared.',
  });
}

async function runDestroy(
  flags: Flags,
  { clients }: OpenedTarget,
  report: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const declaration = imageProcessorDeclaration(flags.settings, clients.target);
  const mustAsk = clients.target.kind !== 'local' && !flags.yes;
  if (flags.dryRun || mustAsk) {
    const plan = await planDestroy(declaration, clients, { signal });
    report.heading('Would destroy', clients.target.label);
    for (const step of plan.steps) report.destroyStep(step, 'planned');
    report.summary(plan.changed, {
      changed: 'Nothing was changed (so far).',
      unchanged: 'Nothing is left to remove.',
    });
    if (flags.dryRun || !plan.changed) return;
    await confirm(plan.steps, clients.target.label, signal);
  }
  report.heading('Destroying', clients.target.label);
  const result = await destroy(declaration, clients, {
    signal,
    onStep: (step) => report.destroyStep(step, 'done'),
  });
  report.summary(result.changed, { changed: 'Destroyed.', unchanged: 'Nothing left to remove.' });
}

/** Nothing in an account is deleted without a yes. */
async function confirm(steps: readonly DestroyStep[], label: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new CloudUsageError(
      `${label}: expected a confirmation, but there is no terminal to ask on. Give --yes.`,
    );
  }
  const count = steps.filter(({ outcome }) => outcome === 'removed').length;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Remove these ${count} from ${label}? Type yes: `, { signal });
    if (answer.trim().toLowerCase() !== 'yes')
      throw new CloudUsageError('Not confirmed: nothing was removed.');
  } finally {
    terminal.close();
  }
}
