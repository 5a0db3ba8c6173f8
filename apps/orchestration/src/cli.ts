import { runDeployCli } from '@skyground/cloud/cli';

await runDeployCli({
  app: 'orchestration',
  title: 'the orchestration lab and its sweeps',
  settings: {
    reservedConcurrency:
      'reserved concurrency of the probe (default: none reserved; on the embedded cloud as wide as the widest Parallel)',
  },
  load: async () => {
    const { deployableDeclaration } = await import('./declaration.ts');
    return { declare: deployableDeclaration, localCloud: () => import('@skyground/local-cloud') };
  },
});
