// Starts turbo with its telemetry off (nothing here may reach the network) and this repository's own turbo binary.
// `quiet` first: the output is kept back and shown only if the task fails, so that the terminal UI starts on a clean screen.
import { spawnSync } from 'node:child_process';

const quiet = process.argv[2] === 'quiet';
const args = process.argv.slice(quiet ? 3 : 2);
const result = spawnSync('turbo', args, {
  stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
});
if (result.error) {
  console.error(
    `turbo could not be started: ${result.error.message}. Delete node_modules and run the command again.`,
  );
  process.exit(1);
}
if (quiet && result.status !== 0) {
  process.stderr.write(result.stdout);
  process.stderr.write(result.stderr);
}
process.exit(result.status ?? 1);
