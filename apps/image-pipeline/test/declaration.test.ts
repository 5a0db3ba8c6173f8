import { parseDefinition } from '@skyground/asl';
import { loadSettings, type TargetChoice } from '@skyground/cloud';
import { describe, expect, it } from 'vitest';

import { imagePipelineDeclaration } from '../src/declaration.ts';

const LOCAL: TargetChoice = { kind: 'local', label: 'cloud (local)' };
const AWS: TargetChoice = { kind: 'aws', label: 'AWS', region: 'eu-central-1', profile: undefined };

function declarationFor(
  target: TargetChoice,
  flags: { readonly inputBucket?: string; readonly reservedConcurrency?: number } = {},
) {
  return imagePipelineDeclaration(loadSettings({ flags, environment: {}, directory: '/' }), target);
}

describe('what the app declares', () => {
  it('has a definition without a mistake', () => {
    const definition = declarationFor(LOCAL).stateMachines?.main.definition;
    expect(parseDefinition(JSON.stringify(definition))).toMatchObject({ ok: true });
  });

  it('gives the functions the memory of the origin', () => {
    const { functions } = declarationFor(AWS);
    expect(Object.entries(functions).map(([name, { memoryMb }]) => [name, memoryMb])).toEqual([
      ['imageLoader', 512],
      ['thumbnail', 512],
      ['transform', 512],
      ['filters', 512],
      ['contour', 1024],
      ['publisher', 256],
    ]);
  });

  it('reserves environments on the embedded cloud, and elsewhere only what is asked for', () => {
    const reserved = (...about: Parameters<typeof declarationFor>) =>
      declarationFor(...about).functions.contour.reservedConcurrency;
    expect(reserved(LOCAL)).toBe(10);
    expect(reserved(LOCAL, { reservedConcurrency: 3 })).toBe(3);
    expect(reserved(AWS)).toBeUndefined();
    expect(reserved(AWS, { reservedConcurrency: 3 })).toBe(3);
  });

  it("calls nothing in a person's own bucket its own but the marked test image", () => {
    const images = declarationFor(AWS, { inputBucket: 'my-pictures' }).buckets?.images;
    if (images?.kind !== 'existing') throw new Error('expected a bucket of the person');
    expect(images.name).toBe('my-pictures');
    expect(images.objects.ownsKey('test-images/sample-1920x1080.jpg')).toBe(false);
    expect(images.objects.markedFile).toEqual({
      key: 'test-images/sample-1920x1080.jpg',
      metadataName: 'skyground-test-image',
    });
  });
});
