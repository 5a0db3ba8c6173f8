import type { AppDeclaration } from './declaration/app.ts';

export type Tags = Readonly<Record<string, string | undefined>>;

/** The tags that make a resource ours. */
export function tagsOf(declaration: AppDeclaration): Readonly<Record<string, string>> {
  return { 'skyground:app': declaration.app, 'skyground:prefix': declaration.prefix };
}

/** Whether a resource's tags include all of ours. */
export function carriesTags(found: Tags, ours: Readonly<Record<string, string>>): boolean {
  return Object.entries(ours).every(([key, value]) => found[key] === value);
}

/** Tags as text, for messages. */
export function tagText(found: Tags): string {
  const pairs = Object.entries(found).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? 'it has no tags' : `its tags: ${pairs.join(', ')}`;
}
