import type { Writable } from 'node:stream';

import type { DescribedSetting } from '../config/describe.ts';
import type { DeployStep } from '../deploy.ts';
import type { DestroyStep } from '../destroy.ts';
import type { InvokableRoute } from '../invoke-urls.ts';
import { curlLine, powerShellLine } from './route-commands.ts';

type Stage = 'planned' | 'done';

/** What a command says, as lines for people or as one JSON object per line. */
export interface Reporter {
  heading(doing: string, target: string): void;
  notice(text: string): void;
  note(text: string): void;
  setting(setting: DescribedSetting, withOrigin: boolean): void;
  deployStep(step: DeployStep, stage: Stage): void;
  destroyStep(step: DestroyStep, stage: Stage): void;
  route(route: InvokableRoute): void;
  summary(changed: boolean, texts: { readonly changed: string; readonly unchanged: string }): void;
}

const PLANNED: Readonly<Record<string, string>> = { created: 'create', updated: 'update', removed: 'remove' };

export function createReporter(app: string, json: boolean, out: Writable): Reporter {
  return json
    ? jsonReporter((value) => out.write(`${JSON.stringify(value)}\n`))
    : textReporter(app, (line) => out.write(`${line}\n`));
}

function textReporter(app: string, print: (line: string) => void): Reporter {
  const step = (
    { outcome, type, name }: DeployStep | DestroyStep,
    details: readonly string[],
    stage: Stage,
  ): void => {
    const word = stage === 'planned' ? (PLANNED[outcome] ?? outcome) : outcome;
    print(`  ${word.padEnd(9)}  ${type.padEnd(13)}  ${name}`);
    for (const detail of details) print(`             ${detail}`);
  };
  return {
    heading: (doing, target) => print(`${doing} ${app}: ${target}`),
    notice: (text) => print(`! ${text}`),
    note: print,
    setting: ({ name, value, origin }, withOrigin) =>
      print(`${name.padEnd(20)}  ${(value ?? '-').padEnd(24)}${withOrigin ? `  ${origin}` : ''}`.trimEnd()),
    deployStep: (done, stage) => step(done, done.changes, stage),
    destroyStep: (done, stage) => step(done, done.detail === null ? [] : [done.detail], stage),
    route: (route) => {
      print(`  ${route.method} ${route.url}`);
      print(`    ${curlLine(route)}`);
      print(`    ${powerShellLine(route)}`);
    },
    summary: (changed, texts) => print(changed ? texts.changed : texts.unchanged),
  };
}

function jsonReporter(print: (value: object) => void): Reporter {
  return {
    heading: (doing, target) => print({ event: 'start', doing, target }),
    notice: (text) => print({ event: 'notice', text }),
    note: (text) => print({ event: 'note', text }),
    setting: (setting, withOrigin) =>
      print(withOrigin ? setting : { name: setting.name, value: setting.value }),
    deployStep: (step, stage) => print({ event: 'step', stage, ...step }),
    destroyStep: (step, stage) => print({ event: 'step', stage, ...step }),
    route: (route) =>
      print({ event: 'route', ...route, curl: curlLine(route), powerShell: powerShellLine(route) }),
    summary: (changed, texts) =>
      print({ event: 'end', changed, text: changed ? texts.changed : texts.unchanged }),
  };
}
