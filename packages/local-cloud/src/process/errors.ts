/**
 * Why a local cloud could not be used.
 * `not-answering`: a live process announces one, but its server does not answer. `start-failed`: the process that was to
 * serve one ended or was too slow.
 */
export class LocalCloudError extends Error {
  readonly code: 'not-answering' | 'start-failed';

  constructor(code: LocalCloudError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalCloudError';
    this.code = code;
  }
}
