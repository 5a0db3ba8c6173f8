/**
 * A refusal as AWS words it: data that one serialiser per protocol turns into a response.
 * `fields` are further members of the modelled error (S3's Condition and Key, Lambda's Reason and Type).
 */
export class AwsError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    httpStatus: number,
    fields: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = code;
    this.code = code;
    this.httpStatus = httpStatus;
    this.fields = fields;
  }
}

/** The loud refusal of what this cloud does not do: never half-done. */
export function notImplemented(serviceId: string, operationName: string, detail?: string): AwsError {
  const what = detail === undefined ? '' : ` (${detail})`;
  return new AwsError(
    'NotImplemented',
    `${serviceId}:${operationName}${what} is not implemented by Skyground's embedded cloud. docs/fidelity.md lists what is.`,
    501,
  );
}

/** XML that cannot be read, or that says what S3's schema has no room for. */
export function malformedXml(cause?: unknown): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    400,
    {},
    { cause },
  );
}
