import { runDeployCli } from '@skyground/cloud/cli';

await runDeployCli({
  app: 'image-pipeline',
  title: 'the image pipeline, its state machine and its table',
  settings: {
    inputBucket: 'a bucket of your own with images; it is neither made nor deleted',
    reservedConcurrency: 'reserved concurrency of each function (default: none reserved)',
  },
  load: async () => {
    const { imagePipelineDeclaration } = await import('./declaration.ts');
    return { declare: imagePipelineDeclaration, localCloud: () => import('@skyground/local-cloud') };
  },
});
