import { type CloudClients, type Identity, identify, loadSettings, namesOf } from '@skyground/cloud';
import {
  type ImageProcessorDeclaration,
  type ImageProcessorNames,
  imageProcessorDeclaration,
  openTarget,
} from '@skyground/image-processor';
import { CloudImages } from './cloud-images.ts';
import type { Emit } from './events.ts';
import type { RunOptions } from './options.ts';
import { stateDir } from './paths.ts';

/** The cloud side of a run, opened: where it is, what speaks to it, and how to let go of it. */
export interface CloudSide {
  readonly clients: CloudClients;
  readonly identity: Identity;
  readonly declaration: ImageProcessorDeclaration;
  readonly names: ImageProcessorNames;
  readonly cloudImages: CloudImages;
  /** What an embedded cloud that was started here printed last; empty for any other. */
  readonly lastLines: readonly string[];
  /** Closes connections; stops the embedded cloud if it was started here. */
  close(): Promise<void>;
}

const keptLines = 20;

interface Dependencies {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Decides the target, starts the embedded cloud where it is the target and none runs, and asks who we are there. */
export async function openCloudSide(options: RunOptions, { emit, signal }: Dependencies): Promise<CloudSide> {
  const settings = settingsOf(options);
  const lastLines: string[] = [];
  const { clients, notices, close } = await openTarget({
    settings,
    environment: process.env,
    useAmbientCredentials: options.useAmbientCredentials,
    stateDir: stateDir(),
    signal,
    onLog: (line) => {
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
    },
  });
  try {
    for (const notice of notices) emit({ type: 'log', level: 'warning', message: notice });
    const identity = await identify(clients, signal);
    const declaration = declare(
      options,
      imageProcessorDeclaration(settings, clients.target, options.processing),
      clients.target.kind,
    );
    return {
      clients,
      identity,
      declaration,
      names: namesOf(declaration, identity),
      cloudImages: new CloudImages(),
      lastLines,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Flags over environment over project file. */
export function settingsOf(options: RunOptions) {
  return loadSettings({
    flags: {
      target: options.target ?? undefined,
      profile: options.profile ?? undefined,
      region: options.region ?? undefined,
      role: options.role ?? undefined,
      inputBucket: options.inputBucket ?? undefined,
      outputBucket: options.outputBucket ?? undefined,
      memoryMb: options.memoryMb,
    },
    environment: process.env,
    directory: process.env['INIT_CWD'] ?? process.cwd(),
  });
}

/**
 * The function as this run wants it. On a real account concurrency is reserved only when asked for: accounts refuse it where
 * too little would be left for other functions.
 */
export function declare(
  options: Pick<RunOptions, 'concurrency' | 'concurrencyAsked'>,
  declaration: ImageProcessorDeclaration,
  kind: 'local' | 'endpoint' | 'aws',
): ImageProcessorDeclaration {
  const reserved = kind !== 'aws' || options.concurrencyAsked ? options.concurrency : undefined;
  const main = { ...declaration.functions.main, reservedConcurrency: reserved };
  return { ...declaration, functions: { main } };
}
