import { BRANCHES, type Branch } from '../branches.ts';
import type { BranchResult, Written } from '../wire/branch.ts';
import type { Source } from '../wire/image.ts';
import { sortedJson } from './sorted-json.ts';

/** What is published of some or all branches. */
export interface ManifestContent {
  readonly source: Source;
  readonly results: ReadonlyMap<Branch, BranchResult>;
  readonly contactSheet: Written;
}

/** The manifest as text: of the same image the same bytes, in every session, mode and orchestrator. */
export function manifestText({ source, results, contactSheet }: ManifestContent): string {
  const branches = [...results].map(([branch, { pictures, strip }]) => [
    branch,
    { pictures: pictures.map(withoutKey), strip: withoutKey(strip) },
  ]);
  return sortedJson({
    branches: Object.fromEntries(branches),
    contactSheet: withoutKey(contactSheet),
    missing: BRANCHES.filter((branch) => !results.has(branch)),
    source,
  });
}

/** A key holds the session. */
function withoutKey<T extends Written>({ key: _key, ...rest }: T): Omit<T, 'key'> {
  return rest;
}
