import { runDeployCli } from '@skyground/cloud/cli';

await runDeployCli({
  app: 'image-processor',
  title: 'the image processing function',
  settings: {
    memoryMb: 'memory of the function, and with it its share of a CPU (default: 1769, one vCPU)',
    reservedConcurrency: 'reserved concurrency: so many environments at most (default: none reserved)',
    inputBucket: 'a bucket of your own for inputs; it is neither made nor deleted',
    outputBucket: 'a bucket of your own for outputs; it is neither made nor deleted',
  },
  load: async () => (await import('./deployable.ts')).deployable,
});
