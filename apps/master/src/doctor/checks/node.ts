import { defineCheck, type Judgement } from '../check.ts';

const minimumMajor = 24;

export const nodeCheck = defineCheck({
  id: 'node',
  title: 'Node',
  probe: () => process.versions.node,
  judge: judgeNode,
});

export function judgeNode(version: string): Judgement {
  if (Number(version.split('.')[0]) >= minimumMajor) return { status: 'ok', seen: version };
  return {
    status: 'problem',
    seen: `expected Node ${minimumMajor}, the Lambda runtime's version, but this is Node ${version}`,
    advice: 'Start it with npm (`npm run ...`), which uses the Node that the repository installs.',
  };
}
