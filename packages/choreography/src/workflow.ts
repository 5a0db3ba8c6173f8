import { readCheckedDefinition, workflowGraph } from '@skyground/asl';

import { ChoreographyError } from './errors.ts';
import type { Workflow } from './runtime.ts';

const known = new Map<string, Promise<Workflow>>();

/**
 * Reads a definition, as its file holds it, once; names what is wrong with it, as far as it was not checked when it was deployed, and
 * what needs an orchestrator.
 *
 * @param arnOf Of the function that `${functions.key}` stands for.
 */
export function readWorkflow(definition: object, arnOf: (key: string) => string): Promise<Workflow> {
  const text = JSON.stringify(definition).replace(/\$\{functions\.([\w-]+)\}/g, (_all, key: string) =>
    arnOf(key),
  );
  const workflow = known.get(text) ?? readText(text);
  known.set(text, workflow);
  return workflow;
}

async function readText(text: string): Promise<Workflow> {
  const parsed = readCheckedDefinition(text);
  if (!parsed.ok) throw refused('cannot be read', parsed.diagnostics);
  const graphed = await workflowGraph(parsed.definition);
  if (graphed.kind === 'refused') throw refused('cannot run without an orchestrator', graphed.diagnostics);
  return { definition: parsed.definition, graph: graphed.graph };
}

function refused(
  how: string,
  diagnostics: readonly { readonly message: string; readonly location: string | undefined }[],
): ChoreographyError {
  const reasons = diagnostics.map(({ message, location = '/' }) => `${location}: ${message}`);
  return new ChoreographyError(`The workflow ${how}. ${reasons.join('\n')}`);
}
