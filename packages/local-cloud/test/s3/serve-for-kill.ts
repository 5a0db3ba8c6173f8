/** A process of its own that a test may kill: `node serve-for-kill.ts STATE_DIR` prints its endpoint and serves until it dies. */
import { startS3 } from './s3-fixture.ts';

const [stateDir] = process.argv.slice(2);
if (stateDir === undefined) throw new Error('usage: serve-for-kill.ts STATE_DIR');
const fixture = await startS3({ stateDir });
process.stdout.write(`${fixture.endpoint}\n`);
