import type { LayeredSettings, SettingName } from '../config/settings.ts';
import type { TargetChoice } from '../config/target.ts';
import type { AppDeclaration } from '../declaration/app.ts';
import type { LocalCloudModule } from './open-target.ts';

/** What the command of an app needs to know of it once there is work to do. */
export interface DeployableApp {
  readonly declare: (settings: LayeredSettings, target: TargetChoice) => AppDeclaration;
  /** Of settings that only it has, for `config show`. */
  readonly defaults?: Readonly<Partial<Record<SettingName, string | number>>>;
  /** The embedded cloud, imported when it is the target: `() => import('@skyground/local-cloud')`. */
  readonly localCloud: () => Promise<LocalCloudModule>;
  /** What a dry run says after its plan, such as what a run would cost. */
  readonly planNote?: (settings: LayeredSettings, target: TargetChoice) => Promise<string>;
}
