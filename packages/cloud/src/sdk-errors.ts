/** Whether an SDK error has one of these names, or one of these HTTP states (HEAD answers carry no name). */
export function isSdkError(error: unknown, names: readonly string[], httpStatus?: number): boolean {
  if (!(error instanceof Error)) return false;
  return names.includes(error.name) || (httpStatus !== undefined && httpStatusOf(error) === httpStatus);
}

/** HTTP status of the response that an SDK error was made from; undefined where none came. */
export function httpStatusOf(error: Error): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' &&
    metadata !== null &&
    'httpStatusCode' in metadata &&
    typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}

/** The value, or undefined where the thing asked for does not exist. */
export async function orAbsent<T>(names: readonly string[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isSdkError(error, names)) return undefined;
    throw error;
  }
}
