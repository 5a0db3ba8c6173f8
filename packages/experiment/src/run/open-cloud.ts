import {
  type AppDeclaration,
  CloudUsageError,
  deploy,
  explainError,
  identify,
  lookUp,
  openTarget,
  type Target,
} from '@skyground/cloud';
import type { CloudRequest, CloudSession } from '../contract/cloud.ts';
import type { LogLevel } from '../contract/run-context.ts';
import { UsageError } from '../errors.ts';
import { settingsOf } from './cloud-settings.ts';
import type { Manifest } from './manifest.ts';
import { defaultPriceRegion } from './run-bill.ts';

/** The target of a run, opened; nothing is deployed yet. */
export interface OpenedCloud {
  readonly session: CloudSession;
  /** As readers shall see it: `cloud (local)`, `aws (eu-west-3)`. */
  readonly label: string;
  readonly place: NonNullable<Manifest['cloud']>;
  /** What a person should know before anything is sent. */
  readonly notices: readonly string[];
  /** Makes the target be as declared; tells each resource that was made or changed. */
  deploy(
    declaration: AppDeclaration,
    options: {
      readonly signal: AbortSignal;
      readonly log: (level: LogLevel, message: string) => void;
    },
  ): Promise<void>;
  /** What the SDK threw in the middle of a run, as a sentence that says what to do; anything else comes back as it is. */
  explain(error: unknown): Promise<unknown>;
  /** Closes connections; stops the embedded cloud if it was started here. What it holds stays. */
  close(): Promise<void>;
}

const keptLines = 20;
const accountInRole = /^arn:[^:]+:iam::\d+:role\//;

/**
 * Decides the target, starts the embedded cloud where it is the target and none runs, and asks who we are there. Throws UsageError
 * for what the person can set right: flags, credentials, a region, an address where nobody answers.
 */
export function openCloud(
  request: CloudRequest,
  { stateDir, signal }: { readonly stateDir: string | undefined; readonly signal: AbortSignal },
): Promise<OpenedCloud> {
  return blamed(async () => {
    const settings = settingsOf(request);
    const lastLines: string[] = [];
    const { clients, notices, close } = await openTarget(
      {
        settings,
        environment: process.env,
        useAmbientCredentials: request.useAmbientCredentials,
        stateDir,
        signal,
        onLog: (line) => {
          lastLines.push(line);
          if (lastLines.length > keptLines) lastLines.shift();
        },
      },
      () => import('@skyground/local-cloud'),
    );
    try {
      const identity = await identify(clients, signal);
      const { target } = clients;
      const { region } = identity;
      const priceRegion =
        target.kind === 'local' ? (lookUp(settings, 'region')?.value ?? defaultPriceRegion) : region;
      return {
        session: { target, settings, clients, identity, priceRegion },
        // The profile may have decided the region, which only the SDK knew.
        label: target.kind === 'aws' ? `aws (${region})` : target.label,
        place: {
          request: { ...request, role: request.role?.replace(accountInRole, '') ?? null },
          kind: target.kind,
          region,
          priceRegion,
          cpuShare: target.kind === 'local' ? target.cpuShare.kind : null,
        },
        // Beside the notice that the region is ignored, which is true of everything but the prices.
        notices:
          priceRegion === region
            ? notices
            : [...notices, `The bill is made with the prices of ${priceRegion}.`],
        deploy: (declaration, options) => blamed(() => deployLogged(declaration, clients, options)),
        explain: (error) => explained(error, target, lastLines),
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  });
}

async function deployLogged(
  declaration: AppDeclaration,
  clients: CloudSession['clients'],
  { signal, log }: Parameters<OpenedCloud['deploy']>[1],
): Promise<void> {
  const { changed, steps } = await deploy(declaration, clients, {
    signal,
    onStep: ({ type, name, outcome, changes }) => {
      if (outcome === 'unchanged') return;
      log('info', `${outcome} ${type} ${name}${changes.length === 0 ? '' : `: ${changes.join(', ')}`}`);
    },
  });
  if (!changed) log('info', `deployed before: ${steps.length} resources are as declared`);
}

/** What packages/cloud calls a mistake of the person is one here, too. */
async function blamed<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asOurs(error);
  }
}

function asOurs(error: unknown): unknown {
  return error instanceof CloudUsageError ? new UsageError(error.message, { cause: error }) : error;
}

async function explained(error: unknown, target: Target, lastLines: readonly string[]): Promise<unknown> {
  if (!(error instanceof Error) || !('$metadata' in error)) return asOurs(error);
  const isGone = 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET');
  if (target.kind === 'local' && isGone) {
    const said = lastLines.length === 0 ? [] : ['It printed:', ...lastLines];
    const message = [`The embedded cloud at ${target.endpoint} has ended in the middle of the run.`, ...said];
    return new Error(message.join('\n  '), { cause: error });
  }
  return asOurs(await explainError(error, target, process.env));
}
