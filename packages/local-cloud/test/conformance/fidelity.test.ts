import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { fidelityPage } from '../../conformance/fidelity/page.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/fidelity.md'), 'utf8');

it('docs/fidelity.md is what `npm run fidelity` writes', () => {
  expect(page).toBe(fidelityPage());
});

it('shows no more differences than the services have files', () => {
  expect(page.match(/^### /gm)?.length).toBeGreaterThan(15);
  expect(page).not.toContain('undefined');
});
