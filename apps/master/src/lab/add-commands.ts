import type { ExitCode } from '@skyground/experiment';
import type { Command } from 'commander';
import type { ListedExperiment } from '../experiments.ts';

/** The commands beside the experiments. Each loads what it needs on demand. */
export function addCommands(
  program: Command,
  experiments: readonly ListedExperiment[],
  end: (code: ExitCode) => void,
): void {
  const results = ['--results <dir>', 'where the runs lie (default: results)'] as const;
  const json = ['--json', 'one JSON object instead of lines'] as const;
  program
    .command('list')
    .description('experiments and runs, newest first')
    .option(...results)
    .option(...json)
    .action(async (flags) => {
      const { listCommand } = await import('./commands/list.ts');
      end(await listCommand(flags, experiments));
    });
  program
    .command('show <run>')
    .description('verdict, findings, arms and bill of a run')
    .option(...results)
    .option(...json)
    .action(async (run: string, flags) => {
      const { showCommand } = await import('./commands/show.ts');
      end(await showCommand(run, flags, experiments));
    });
  program
    .command('compare <first> <second>')
    .description('what changed from one run of an experiment to another')
    .option(...results)
    .option(...json)
    .action(async (first: string, second: string, flags) => {
      const { compareCommand } = await import('./commands/compare.ts');
      end(await compareCommand(first, second, flags, experiments));
    });
  program
    .command('report <run>')
    .description('derive everything again from the samples: checks, bill, summary, charts, report')
    .option('--output-dir <dir>', 'put report, charts and files there, too')
    .option(...results)
    .action(async (run: string, flags) => {
      const { reportCommand } = await import('./commands/report.ts');
      end(await reportCommand(run, flags, experiments));
    });
  program
    .command('export <run>')
    .description('the samples as a file that other tools read')
    .option('--format <format>', 'csv, json, jtl (JMeter), locust or excel')
    .option('--to <path>', 'where to (default: EXPERIMENT-RUN.* where you stand)')
    .option(...results)
    .action(async (run: string, flags) => {
      const { exportCommand } = await import('./commands/export.ts');
      end(await exportCommand(run, flags, experiments));
    });
  program
    .command('delete <run>')
    .description('delete a run with its samples')
    .option('--yes', 'without asking')
    .option(...results)
    .action(async (run: string, flags) => {
      const { deleteCommand } = await import('./commands/delete.ts');
      end(await deleteCommand(run, flags));
    });
  program
    .command('load-plan <tool>')
    .description('a load on a URL as a plan for jmeter (.jmx) or locust (locustfile)')
    .option('--url <url>', 'http or https')
    .option('--method <method>', 'of the requests', 'GET')
    .option('--rate <n>', 'requests a second, however long answers take (open model)')
    .option('--arrivals <kind>', 'of an open model: even or poisson', 'even')
    .option('--users <n>', 'users who each wait for their answer (closed model)')
    .option('--spawn-rate <n>', 'users started a second', '1')
    .option('--think <seconds>', 'pause of a user between answer and next request', '1')
    .option('--duration <seconds>', 'of the load', '60')
    .option('--timeout <seconds>', 'after which a request has failed', '30')
    .option('--seed <n>', 'of what is drawn by lot', '1')
    .option('--to <path>', 'where to (default: plan.jmx or locustfile.py where you stand)')
    .action(async (tool: string, flags, command: Command) => {
      const { loadPlanCommand } = await import('./commands/load-plan.ts');
      const typed = Object.keys(flags).filter((name) => command.getOptionValueSource(name) !== 'default');
      end(await loadPlanCommand(tool, flags, typed));
    });
}
