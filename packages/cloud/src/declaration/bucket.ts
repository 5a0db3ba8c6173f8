/** A bucket that deploy makes and destroy removes, or one of the person's own, which neither makes or removes. */
export type BucketDeclaration =
  | {
      readonly kind: 'own';
      /** Instead of the key, in the bucket's name. */
      readonly nameSuffix?: string;
    }
  | {
      readonly kind: 'existing';
      readonly name: string;
      /** The flag that chose it, for messages: `--input-bucket`. */
      readonly flag: string;
      readonly objects: ObjectOwnership;
    };

/** Which objects of a person's own bucket are the tool's: these alone are deleted. */
export interface ObjectOwnership {
  /** Common beginning of the tool's keys: where destroy lists. */
  readonly keyPrefix: string;
  /** Whether a key below that prefix really has the tool's form: a person's `skyground-notes.txt` does not. */
  readonly ownsKey: (key: string) => boolean;
  /** A file outside the prefix that is ours if it carries this user metadata. */
  readonly markedFile: { readonly key: string; readonly metadataName: string };
}

/** New objects of a bucket below a prefix start a function. */
export interface NotificationDeclaration<B extends string = string, F extends string = string> {
  readonly bucket: B;
  readonly keyPrefix: string;
  readonly function: F;
}
