import { deploy } from '@skyground/cloud';
import type { Stage } from '../stage.ts';

/** Makes the target hold what the image processor declares. A second time it changes nothing. */
export const deployStage: Stage = {
  id: 'deploy',
  async run({ cloud, signal, emit }) {
    const { declaration, clients } = await cloud();
    const result = await deploy(declaration, clients, {
      signal,
      onStep: ({ type, name, outcome, changes }) => {
        if (outcome === 'unchanged') return;
        const detail = changes.length === 0 ? '' : `: ${changes.join(', ')}`;
        emit({ type: 'log', level: 'info', message: `${outcome} ${type} ${name}${detail}` });
      },
    });
    const changed = result.steps.filter(({ outcome }) => outcome !== 'unchanged').length;
    return result.changed
      ? `${changed} of ${result.steps.length} resources created or updated`
      : 'unchanged: everything was as declared';
  },
};
