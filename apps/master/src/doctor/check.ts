import type { CloudClients, LayeredSettings, TargetChoice } from '@skyground/cloud';

/** What was seen and, where something is wrong or doubtful, what to do about it. */
export type Judgement =
  | { readonly status: 'ok'; readonly seen: string }
  | { readonly status: 'warning' | 'problem'; readonly seen: string; readonly advice: string };

/** What the checks look at. The same object for all of them; none changes anything in it. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly settings: LayeredSettings;
  readonly target: TargetChoice;
  /** Of a target that is not the embedded cloud. */
  readonly remote: Remote | undefined;
  /** Absolute paths. */
  readonly folders: Readonly<Record<'images' | 'metrics' | 'results' | 'onPremOutput' | 'state', string>>;
  readonly now: () => Date;
}

/** A real account, or an AWS-compatible endpoint by URL. */
export interface Remote {
  readonly target: Exclude<TargetChoice, { kind: 'local' }>;
  readonly clients: CloudClients;
}

export type TargetKind = TargetChoice['kind'];

export interface Check {
  /** Stable: scripts find a check by it in `--json`. */
  readonly id: string;
  readonly title: string;
  /** Left out where the target is of another kind. */
  readonly targets: readonly TargetKind[];
  /** Ids of checks without whose success this one could only repeat what they say. */
  readonly after: readonly string[];
  readonly run: (surroundings: Surroundings, signal: AbortSignal) => Promise<Judgement>;
}

interface CheckParts<Seen> extends Pick<Check, 'id' | 'title'> {
  readonly after?: readonly string[];
  /** Looks, and changes nothing that stays. */
  readonly probe: (surroundings: Surroundings, signal: AbortSignal) => Seen | Promise<Seen>;
  /** Pure. */
  readonly judge: (seen: Seen) => Judgement;
}

export function defineCheck<Seen>({
  targets = ['local', 'aws', 'endpoint'],
  after = [],
  probe,
  judge,
  ...names
}: CheckParts<Seen> & { readonly targets?: readonly TargetKind[] }): Check {
  return {
    ...names,
    targets,
    after,
    run: async (surroundings, signal) => judge(await probe(surroundings, signal)),
  };
}

/** A check of a real account or an endpoint by URL: its probe is given what speaks to it. */
export function defineRemoteCheck<Seen>({
  probe,
  ...parts
}: Omit<CheckParts<Seen>, 'probe'> & {
  readonly probe: (remote: Remote, surroundings: Surroundings, signal: AbortSignal) => Seen | Promise<Seen>;
}): Check {
  return defineCheck({
    ...parts,
    targets: ['aws', 'endpoint'],
    probe: (surroundings, signal) => {
      if (surroundings.remote === undefined) throw new Error(`${parts.id} is not for the embedded cloud.`);
      return probe(surroundings.remote, surroundings, signal);
    },
  });
}

/** Several judgements of one check as one: the gravest status, and everything that was seen and advised. */
export function together(judgements: readonly [Judgement, ...Judgement[]]): Judgement {
  const seen = judgements.map((judgement) => judgement.seen).join('; ');
  const advice = judgements.flatMap((judgement) => ('advice' in judgement ? [judgement.advice] : []));
  const gravest = (['problem', 'warning'] as const).find((status) =>
    judgements.some((judgement) => judgement.status === status),
  );
  return gravest === undefined
    ? { status: 'ok', seen }
    : { status: gravest, seen, advice: [...new Set(advice)].join(' ') };
}
