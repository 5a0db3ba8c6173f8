// Writes docs/fidelity.md: npm run fidelity
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fidelityPage } from './page.ts';

writeFileSync(resolve(import.meta.dirname, '../../../../docs/fidelity.md'), fidelityPage());
