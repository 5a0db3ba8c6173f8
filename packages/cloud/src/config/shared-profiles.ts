import { loadSharedConfigFiles } from '@smithy/core/config';

/** Keys of one section of ~/.aws/config or ~/.aws/credentials. May hold secrets: never print it as it is. */
export type ProfileSection = Readonly<Record<string, string | undefined>>;

/**
 * The sections of the AWS files (those that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, else the ones in ~/.aws), read now
 * and not from a cache. Profiles are called by their name, other sections `sso-session.NAME` and `services.NAME`. Where both files
 * know a key, the credentials file's counts, as for the SDK. Files that are not there are empty.
 */
export async function readSharedProfiles(): Promise<Readonly<Record<string, ProfileSection>>> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return Object.fromEntries(
    [...names].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]),
  );
}

/** Names of profiles alone, sorted. */
export function profileNames(sections: Readonly<Record<string, ProfileSection>>): readonly string[] {
  return Object.keys(sections)
    .filter((name) => !/^(sso-session|services)\./.test(name))
    .sort();
}
