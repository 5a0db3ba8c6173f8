import type { CloudClients, Identity, LayeredSettings, Target } from '@skyground/cloud';

/** Where the cloud side shall run, as the person chose it: flags, of which null are those not given. Kept in the manifest, so that a resume goes to the same place. */
export interface CloudRequest {
  readonly target: string | null;
  readonly profile: string | null;
  readonly region: string | null;
  readonly role: string | null;
  readonly useAmbientCredentials: boolean;
}

/** What a declaration may depend on. */
export interface CloudPlace {
  readonly target: Target;
  /** Flags over environment over project file. */
  readonly settings: LayeredSettings;
}

/** The target of a session, opened, with everything deployed. `namesOf(declaration, identity)` says what things are called there. */
export interface CloudSession extends CloudPlace {
  readonly clients: CloudClients;
  readonly identity: Identity;
  /** Whose list prices the run is billed by: the embedded cloud's own region is none, so there the one configured. */
  readonly priceRegion: string;
}
