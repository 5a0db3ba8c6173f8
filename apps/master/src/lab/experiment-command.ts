import type { AnyExperiment, ExitCode } from '@skyground/experiment';
import { type Command, Option } from 'commander';
import { addParameterFlags, variableOf } from './parameter-flags.ts';
import type { CommonFlags } from './run-request.ts';

/** `lab <experiment>`, with the flags of its parameters before those that every experiment has. */
export function addExperimentCommand(
  lab: Command,
  experiment: AnyExperiment,
  end: (code: ExitCode) => void,
): void {
  const { id, title, question } = experiment;
  const command = lab.command(id).description(`${title}. ${question}`);
  command.optionsGroup('Parameters:');
  addParameterFlags(command, experiment);
  if (experiment.deployment !== undefined) addTargetFlags(command);
  command
    .optionsGroup('Run:')
    .option('--seed <n>', 'what is drawn by lot follows from it (default: a new one for each run)')
    .addOption(
      new Option(
        '--threshold <condition>',
        "such as 'p(99)<500' (ms), kept by every arm, or 'ARM: p(99)<500' by one; else exit code 99; repeatable",
      ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
    )
    .option('--results <dir>', 'where the run folder is made (default: results)')
    .option('--dry-run', 'print the plan, its time and its modelled cost, and do nothing')
    .option('--resume [run]', 'go on with a run as it began (default: the newest unfinished one)')
    .optionsGroup('Output:')
    .option('--json', 'one JSON event a line on standard output')
    .option('--no-tui', 'plain log lines even in a terminal')
    .option('--screen-reader', 'plain log lines without drawings (or set INK_SCREEN_READER=true)')
    .helpOption('-h, --help', 'show this help')
    .addHelpText(
      'after',
      `
${environmentHint(experiment)}Documentation: docs/experiments/${id}.md`,
    )
    .action(async (flags: CommonFlags & Record<string, unknown>) => {
      const { runCommand } = await import('./commands/run.ts');
      end(await runCommand(experiment, flags));
    });
}

function environmentHint(experiment: AnyExperiment): string {
  const [parameter, ...others] = Object.keys(experiment.parameters.shape);
  if (parameter === undefined) return '';
  const variables = `${variableOf(experiment, parameter)}${others.length > 0 ? ' and so on' : ''}`;
  return `Parameters may also be set in the environment: ${variables}; flags win.\n`;
}

function addTargetFlags(command: Command): void {
  command
    .optionsGroup('Cloud:')
    .option('--target <target>', 'local, aws, or the URL of an AWS-compatible endpoint (default: local)')
    .option('--profile <name>', 'AWS profile, for --target aws')
    .option('--region <region>', 'AWS region')
    .option('--role <name-or-arn>', "use this existing role, such as a learner lab's LabRole")
    .option('--use-ambient-credentials', "let a URL target use the shell's own AWS credentials");
}
