import { type Finding, named } from '@skyground/experiment';
import { isCompared, type Sample } from '../sample.ts';

/** The same image: whoever drove the workflow, and whatever was injected, the published bytes have to be the same. */
export function outputsDiffer(samples: readonly Sample[]): readonly Finding[] {
  const byOutput = Map.groupBy(samples.filter(isCompared), outputOf);
  if (byOutput.size < 2) return [];
  const [, ...others] = [...byOutput.values()].toSorted((a, b) => b.length - a.length);
  const different = others.flat();
  return [
    {
      checkId: 'outputs-differ',
      severity: 'error',
      arms: [...new Set(different.map(({ mode }) => mode))].toSorted(),
      seen: `${byOutput.size} different results were published of one image; apart from the most frequent stand ${named(different.map(({ mode, unit }) => `${mode} ${unit}`))} (SHA-256 of manifest and contact sheet).`,
      remedy:
        'Compare the manifests: runs that publish different results did different work, and their times say nothing.',
    },
  ];
}

function outputOf({ manifestSha256, contactSheetSha256 }: Sample): string {
  return JSON.stringify([manifestSha256, contactSheetSha256]);
}
