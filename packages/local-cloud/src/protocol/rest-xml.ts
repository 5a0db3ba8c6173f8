import { XmlCodec } from '@aws-sdk/core/protocols';
import { malformedXml } from '../errors.ts';
import { verifyBufferedBody } from './checksum.ts';
import type { Protocol } from './protocol.ts';
import { readRestInput } from './rest-request.ts';
import { writeRestOutput } from './rest-response.ts';
import { escapeControls, escapeXml, XML_DECLARATION } from './xml-text.ts';

const settings = {
  timestampFormat: { useTrait: true, default: 5 as const },
  httpBindings: true,
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  serviceNamespace: 'com.amazonaws.s3',
};
const codec = new XmlCodec(settings);

/** S3's protocol. */
export const restXml: Protocol = {
  readInput: async (_model, operation, request) => {
    // CompleteMultipartUpload's checksum headers speak of the object, not of the XML.
    if (request.body instanceof Uint8Array && operation.name !== 'CompleteMultipartUpload') {
      await verifyBufferedBody(request.headers, request.body);
    }
    return readRestInput(operation, request, settings, (schema, bytes) => {
      try {
        return codec.createDeserializer().read(schema, Buffer.from(bytes).toString('utf8'));
      } catch (cause) {
        throw malformedXml(cause);
      }
    });
  },

  writeOutput: (model, operation, output) => {
    // The one operation whose result is the bare root element (s3UnwrappedXmlOutput), which the schemas do not show.
    if (operation.name === 'GetBucketLocation') {
      const location = typeof output['LocationConstraint'] === 'string' ? output['LocationConstraint'] : '';
      return {
        status: 200,
        headers: { 'content-type': 'application/xml' },
        body: `${XML_DECLARATION}<LocationConstraint xmlns="${model.xmlNamespace}">${escapeXml(location)}</LocationConstraint>`,
      };
    }
    const response = writeRestOutput(operation, output, settings, 'application/xml', (schema, value) => {
      const serializer = codec.createSerializer();
      serializer.write(schema, value);
      return XML_DECLARATION + escapeControls(String(serializer.flush()));
    });
    // The status of a part of an object, which the model leaves to the reader of Content-Range.
    return output['ContentRange'] === undefined ? response : { ...response, status: 206 };
  },

  writeError: (_model, error, requestId) => {
    const { headers, ...fields } = error.fields;
    const members = Object.entries(fields).map(
      ([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`,
    );
    return {
      status: error.httpStatus,
      headers: { 'content-type': 'application/xml', ...(isHeaders(headers) ? headers : {}) },
      body:
        error.httpStatus === 304
          ? undefined
          : `${XML_DECLARATION}<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>` +
            `${members.join('')}<RequestId>${requestId}</RequestId><HostId>${requestId}</HostId></Error>`,
    };
  },
};

/** A 304 carries validators as headers, which is all that it has: `fields.headers`. */
function isHeaders(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null;
}
