/**
 * The one pair of credentials of the embedded cloud. Constants, printed freely: they open nothing but a server on this
 * machine's loopback, and being unlike any real key they can be sent to a real account only to be refused.
 */
export interface CloudCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const LOCAL_CREDENTIALS: CloudCredentials = {
  accessKeyId: 'SKYGROUNDLOCALKEY',
  secretAccessKey: 'skyground-local-cloud-only',
};

export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT_ID = '000000000000';
