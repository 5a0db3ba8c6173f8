import { XmlCodec } from '@aws-sdk/core/protocols';
import type { StaticStructureSchema } from '@smithy/types';
import type { AwsError } from '../errors.ts';
import { RequestBody } from '../server/request-body.ts';
import type { Protocol } from './protocol.ts';
import { readForm } from './query-form.ts';
import type { ServiceModel } from './service-model.ts';
import { escapeXml } from './xml-text.ts';

const codec = new XmlCodec({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: false,
  xmlNamespace: '',
  serviceNamespace: '',
});

/** Whose fault it is. */
export function faultOf(error: AwsError): 'Sender' | 'Receiver' {
  return error.httpStatus < 500 ? 'Sender' : 'Receiver';
}

/** The code of an error that the model names by its shape: InvalidParameterValue for InvalidParameterValueException. */
export function queryErrorCode(model: ServiceModel, error: AwsError): string {
  const names = model.errors.get(error.code)?.getMergedTraits()['awsQueryError'];
  return Array.isArray(names) ? String(names[0]) : error.code;
}

/** The protocol of IAM, STS and older clients of CloudWatch: a form in, XML out. */
export const awsQuery: Protocol = {
  readInput: async (_model, operation, request) => {
    if (request.body instanceof RequestBody) throw new Error('An RPC operation has no streaming payload.');
    const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
    for (const [name, value] of request.query) form.append(name, value);
    return readForm(operation.inputSchema, form) ?? {};
  },

  writeOutput: (model, operation, output, requestId) => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation.name}Response xmlns="${model.xmlNamespace}">` +
      (operation.output.body === undefined
        ? ''
        : resultElement(operation.name, operation.output.body, output)) +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation.name}Response>`,
  }),

  writeError: (model, error, requestId) => ({
    status: error.httpStatus,
    headers: { 'content-type': 'text/xml' },
    body:
      `<ErrorResponse xmlns="${model.xmlNamespace}"><Error><Type>${faultOf(error)}</Type>` +
      `<Code>${escapeXml(queryErrorCode(model, error))}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  }),
};

function resultElement(
  operationName: string,
  [, namespace, , , names, members]: StaticStructureSchema,
  output: unknown,
): string {
  const serializer = codec.createSerializer();
  const result: StaticStructureSchema = [3, namespace, `${operationName}Result`, 0, names, members];
  serializer.write(result, output);
  return String(serializer.flush());
}
