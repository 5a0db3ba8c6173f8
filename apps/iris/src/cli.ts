import { runDeployCli } from '@skyground/cloud/cli';

await runDeployCli({
  app: 'iris',
  title: 'the IRIS classifier and its API',
  settings: {
    memoryMb: 'memory of the function, and with it its share of a CPU (default: 512)',
    package: 'zip (default), or image: a container image by way of Amazon ECR, with Docker; on aws alone',
    reservedConcurrency:
      'reserved concurrency: so many environments at most (default: 60 in the embedded cloud, else none reserved)',
  },
  load: async () => (await import('./deployable.ts')).deployable,
});
