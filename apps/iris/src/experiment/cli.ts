import { runDeployCli } from '@skyground/cloud/cli';

await runDeployCli({
  app: 'iris-experiment',
  title: 'what the experiment iris measures',
  load: async () => {
    const { deployment } = await import('./deployment.ts');
    const { parametersSchema } = await import('./parameters.ts');
    return {
      declare: (settings, target) => deployment(parametersSchema.parse({}), settings, target),
      localCloud: () => import('@skyground/local-cloud'),
    };
  },
});
