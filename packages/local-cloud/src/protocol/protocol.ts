import type { AwsError } from '../errors.ts';
import type { OperationModel } from './operation-model.ts';
import type { ServiceModel } from './service-model.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** How one AWS protocol looks from the server's side: the SDK's own codecs run backwards. */
export interface Protocol {
  readInput(model: ServiceModel, operation: OperationModel, request: WireRequest): Promise<unknown>;
  writeOutput(
    model: ServiceModel,
    operation: OperationModel,
    output: Readonly<Record<string, unknown>>,
    requestId: string,
  ): WireResponse;
  writeError(model: ServiceModel, error: AwsError, requestId: string): WireResponse;
}
