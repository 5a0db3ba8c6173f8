import { type CloudClients, namesOf } from '@skyground/cloud';
import type { RunContext } from '@skyground/experiment';
import { imagePipelineDeclaration } from '../../declaration.ts';
import type { Location } from '../../wire/image.ts';
import definition from '../../workflow.asl.json' with { type: 'json' };
import { type FunctionName, functionNames } from '../function-runs.ts';
import { type Parameters, settingsOf } from '../parameters.ts';
import type { Sample } from '../sample.ts';

export type Context = RunContext<Parameters, Sample>;

export interface FunctionPlace {
  readonly key: FunctionName;
  readonly name: string;
  readonly arn: string;
  readonly logGroup: string;
  readonly memoryMb: number;
}

/** Where and through what runs are started. */
export interface Place {
  readonly clients: CloudClients;
  readonly functions: readonly FunctionPlace[];
  readonly stateMachineArn: string;
  /** As the decentralised runtime's client takes it. */
  readonly workflow: {
    readonly definition: object;
    readonly clients: CloudClients;
    readonly tableName: string;
    readonly bucketName: string;
    readonly functionArns: Readonly<Record<string, string>>;
  };
  readonly resultsBucket: string;
  readonly image: Location;
  readonly shared: Pick<
    Sample,
    'targetLabel' | 'priceRegion' | 'architecture' | 'timeScale' | 'imageSize' | 'passing'
  >;
}

/** The deployed app by its names. Throws where the runner has opened no cloud. */
export function placeOf({ cloud, parameters, targetLabel }: Context): Place {
  if (cloud === undefined) throw new Error('The cloud was not opened: run this experiment by its runner.');
  const { clients, settings, target, identity, priceRegion } = cloud;
  const declaration = imagePipelineDeclaration(settings, target);
  const names = namesOf(declaration, identity);
  const { widthPx, heightPx } = settingsOf(parameters);
  const { timeScale, imageSize, passing } = parameters;
  const functions = functionNames.map((key) => ({
    key,
    ...names.functions[key],
    memoryMb: declaration.functions[key].memoryMb,
  }));
  return {
    clients,
    functions,
    stateMachineArn: names.stateMachines.main.arn,
    workflow: {
      definition,
      clients,
      tableName: names.tables.main.name,
      bucketName: names.buckets.results,
      functionArns: Object.fromEntries(functions.map(({ key, arn }) => [key, arn])),
    },
    resultsBucket: names.buckets.results,
    image: { bucket: names.buckets.images, key: `test-images/sample-${widthPx}x${heightPx}.jpg` },
    shared: {
      targetLabel,
      priceRegion,
      architecture: declaration.architecture === 'arm64' ? 'arm64' : 'x86_64',
      ...{ timeScale, imageSize, passing },
    },
  };
}
