/** The items of every page of a list. */
export async function allPages<I>(
  page: (token: string | undefined) => Promise<{
    readonly items: readonly I[] | undefined;
    readonly next: string | undefined;
  }>,
): Promise<I[]> {
  const all: I[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...(items ?? []));
    token = next;
  } while (token !== undefined && token !== '');
  return all;
}
