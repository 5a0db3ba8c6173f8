import { awsJson1_0, awsJson1_1 } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import type { Protocol } from './protocol.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { rpcV2Cbor } from './rpc-v2-cbor.ts';
import type { ProtocolName } from './service-model.ts';

export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  restXml,
  restJson1: restJson,
  awsJson1_0,
  awsJson1_1,
  awsQuery,
  rpcV2Cbor,
};
