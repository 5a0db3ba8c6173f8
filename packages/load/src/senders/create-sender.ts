import type { Sender, SenderContext } from './sender.ts';
import type { SenderSettings } from './settings.ts';

/** Makes the sender that the settings name, loading no other's client. */
export async function createSender(settings: SenderSettings, context: SenderContext): Promise<Sender> {
  switch (settings.kind) {
    case 'http':
      return (await import('./http.ts')).httpSender(settings, context);
    case 'lambda':
      return (await import('./lambda.ts')).lambdaSender(settings, context);
    case 'start-execution':
      return (await import('./start-execution.ts')).startExecutionSender(settings, context);
  }
}
