import { CloudUsageError, describeConfig, loadSettings } from '@skyground/cloud';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** `config show`: the target settings; with `--origin`, where each comes from (flag over environment over file over default). */
export function configCommand(action: string, flags: Record<string, unknown>): ExitCode {
  if (action !== 'show') {
    console.error(`expected "show" after config but received ${JSON.stringify(action)}.`);
    return exitCodes.usage;
  }
  const { origin, ...settingFlags } = flags;
  try {
    const directory = process.env['INIT_CWD'] ?? process.cwd();
    const settings = loadSettings({ flags: settingFlags, environment: process.env, directory });
    for (const { name, value, origin: from } of describeConfig(settings, process.env)) {
      console.log(`${name.padEnd(22)}${value ?? '-'}${origin === true ? `  (${from})` : ''}`);
    }
    return exitCodes.compared;
  } catch (error) {
    if (!(error instanceof CloudUsageError)) throw error;
    console.error(error.message);
    return exitCodes.usage;
  }
}
