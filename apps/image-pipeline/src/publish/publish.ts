import { contactSheet, encodeJpeg, type RawImage } from '@skyground/imaging';

import { BRANCHES } from '../branches.ts';
import type { FunctionContext } from '../functions/function-context.ts';
import { writeResult, writeResultOnce } from '../results/write-object.ts';
import type { BranchResult, Written } from '../wire/branch.ts';
import type { Source } from '../wire/image.ts';
import { manifestText } from './manifest.ts';
import { SHEET } from './sheet-layout.ts';

/** A branch that can be published: what it answered, and its row of the contact sheet. */
export interface Publishable {
  readonly result: BranchResult;
  readonly strip: RawImage;
}

/** What was published. */
export interface Published {
  readonly manifest: Written;
  readonly contactSheet: Written;
}

/**
 * Writes the contact sheet, and then the manifest: who finds a manifest finds all that it names. What is there so far (`partial`) may
 * be written again and again, the complete result (`final`) once.
 *
 * @throws {PipelineError} where another final result is there.
 */
export async function publish(
  kind: 'partial' | 'final',
  { session, source }: { readonly session: string; readonly source: Source },
  publishable: readonly Publishable[],
  context: FunctionContext,
): Promise<Published> {
  const write = kind === 'final' ? writeResultOnce : writeResult;
  const strips = new Map(publishable.map(({ result, strip }) => [result.branch, strip]));
  const sheet = contactSheet(
    BRANCHES.map((branch) => strips.get(branch)),
    SHEET,
  );
  const sheetWritten = await write(context, {
    session,
    name: `${kind}/contact-sheet.jpg`,
    bytes: await encodeJpeg(sheet),
  });
  const results = new Map(publishable.map(({ result }) => [result.branch, result]));
  const manifest = await write(context, {
    session,
    name: `${kind}/manifest.json`,
    bytes: Buffer.from(manifestText({ source, results, contactSheet: sheetWritten })),
  });
  // When, by this function's clock: S3 itself tells no more than the second.
  const branches = [...results.keys()];
  context.log({ published: { session, kind, branches, atMs: context.clock.wallMs() } });
  return { manifest, contactSheet: sheetWritten };
}
