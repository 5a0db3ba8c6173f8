export interface KeyAttribute {
  readonly name: string;
  /** DynamoDB's own words: string, number, binary. */
  readonly type: 'S' | 'N' | 'B';
}

/** What items are found by. */
export interface TableKey {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

/** A DynamoDB table, billed on demand. Key and indexes are fixed when it is made. */
export interface TableDeclaration extends TableKey {
  /** Global secondary indexes by name, with all attributes. */
  readonly indexes?: Readonly<Record<string, TableKey>>;
}
