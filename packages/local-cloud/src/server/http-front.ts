/**
 * A part of the port's paths that a service answers by itself: plain HTTP, without signature and without protocol, open to
 * web pages. The server only makes sure that the request was addressed to this machine.
 */
export interface HttpFront {
  /** Begins and ends with a slash (`/_execute-api/`); no bucket's name may begin like it. */
  readonly pathPrefix: string;
  handle(request: FrontRequest): Promise<FrontAnswer>;
}

export interface FrontRequest {
  readonly method: string;
  /** As sent, percent-encoded, the prefix included. */
  readonly rawPath: string;
  readonly rawQuery: string;
  /** Every header line as sent, in order, names in the client's own case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `HTTP/1.1` */
  readonly protocol: string;
  readonly sourceIp: string;
  /** Reads the body, once. undefined: it is longer than limitBytes. Throws an AwsError for a body that is cut off. */
  readonly readBody: (limitBytes: number) => Promise<Buffer | undefined>;
  /** Aborted when the client goes away and when the server closes. */
  readonly signal: AbortSignal;
}

export interface FrontAnswer {
  readonly status: number;
  /** In order; a name may come several times. The length of the body is the server's to say. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Uint8Array;
}
