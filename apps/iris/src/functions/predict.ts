/** The model and the checks of a request follow; until then every request is refused. */
export async function handler(): Promise<{ readonly statusCode: number }> {
  return { statusCode: 501 };
}
