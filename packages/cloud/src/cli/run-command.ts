import { describeConfig } from '../config/describe.ts';
import { deploy, planDeploy } from '../deploy.ts';
import { destroy, planDestroy } from '../destroy.ts';
import { CloudUsageError } from '../errors.ts';
import type { InvokableRoute } from '../invoke-urls.ts';
import { confirmRemoval } from './confirm-removal.ts';
import type { DeployableApp } from './deployable-app.ts';
import { type Flags, parseFlags } from './flags.ts';
import { type OpenedTarget, openTarget } from './open-target.ts';
import { createReporter, type Reporter } from './reporter.ts';

const EXIT = { ok: 0, failed: 1, usage: 2, stopped: 130 } as const;

interface Run {
  readonly app: DeployableApp;
  readonly flags: Flags;
  readonly target: OpenedTarget;
  readonly report: Reporter;
  readonly signal: AbortSignal;
}

/** Runs one command. @returns the exit code. */
export async function runCommand(
  command: 'deploy' | 'destroy' | 'config',
  { name, load }: { readonly name: string; readonly load: () => Promise<DeployableApp> },
  rawFlags: unknown,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => {
    // The second one forces. What was half-done is finished by the next deploy or destroy.
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    stop.abort(new Error('stopped'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const flags = parseFlags(rawFlags, process.env['INIT_CWD'] ?? process.cwd(), process.env);
    const report = createReporter(name, flags.json, process.stdout);
    const app = await load();
    if (command === 'config') {
      for (const setting of describeConfig(flags.settings, process.env, app.defaults))
        report.setting(setting, flags.origin);
      return EXIT.ok;
    }
    const options = { ...flags, environment: process.env, signal: stop.signal };
    const target = await openTarget(options, app.localCloud);
    try {
      for (const notice of target.notices) report.notice(notice);
      const run = command === 'deploy' ? runDeploy : runDestroy;
      await run({ app, flags, target, report, signal: stop.signal });
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

async function runDeploy({ app, flags, target, report, signal }: Run): Promise<void> {
  const { clients } = target;
  const declaration = app.declare(flags.settings, clients.target);
  report.heading(flags.dryRun ? 'Would deploy' : 'Deploying', clients.target.label);
  if (flags.dryRun) {
    const plan = await planDeploy(declaration, clients, { signal });
    for (const step of plan.steps) report.deployStep(step, 'planned');
    report.summary(plan.changed, {
      changed: 'Nothing was changed (dry run).',
      unchanged: 'Everything is as declared.',
    });
    if (app.planNote !== undefined) report.note(await app.planNote(flags.settings, clients.target));
    return;
  }
  const result = await deploy(declaration, clients, {
    signal,
    onProgress: (text) => report.note(text),
    onStep: (step) => report.deployStep(step, 'done'),
  });
  reportRoutes(result.routes, target, report);
  report.summary(result.changed, {
    changed: 'Deployed.',
    unchanged: 'Nothing to change: everything is as declared.',
  });
}

/** An embedded cloud that ends with the command serves nothing: then the URLs are those of the next one, which has its state. */
function reportRoutes(
  routes: readonly InvokableRoute[],
  { clients, later }: OpenedTarget,
  report: Reporter,
): void {
  if (routes.length > 0 && later !== undefined)
    report.notice(
      `The embedded cloud ends with this command. These are served while this runs: ${later.command}`,
    );
  const from = 'endpoint' in clients.target ? clients.target.endpoint : '';
  for (const route of routes)
    report.route(later === undefined ? route : { ...route, url: route.url.replace(from, later.endpoint) });
}

async function runDestroy({ app, flags, target, report, signal }: Run): Promise<void> {
  const { clients } = target;
  const declaration = app.declare(flags.settings, clients.target);
  const mustAsk = clients.target.kind !== 'local' && !flags.yes;
  if (flags.dryRun || mustAsk) {
    const plan = await planDestroy(declaration, clients, { signal });
    report.heading('Would destroy', clients.target.label);
    for (const step of plan.steps) report.destroyStep(step, 'planned');
    report.summary(plan.changed, {
      changed: flags.dryRun ? 'Nothing was changed (dry run).' : 'Nothing was changed so far.',
      unchanged: 'Nothing is left to remove.',
    });
    if (flags.dryRun || !plan.changed) return;
    await confirmRemoval(plan.steps, clients.target.label, signal);
  }
  report.heading('Destroying', clients.target.label);
  const result = await destroy(declaration, clients, {
    signal,
    onStep: (step) => report.destroyStep(step, 'done'),
  });
  report.summary(result.changed, { changed: 'Destroyed.', unchanged: 'Nothing left to remove.' });
}
