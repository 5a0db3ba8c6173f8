import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CreateFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { functionZip } from '../../test/support/function-zip.ts';
import type { RecordedCase } from '../recorded-case.ts';

type Behaviour = RecordedCase['lambdas'][string];

const BEHAVIOURS = ['echo', 'return', 'return_format', 'return_bytes', 'return_repeated_bytes', 'raise'];
const MEMBERS = ['kind', 'value', 'format', 'text', 'count', 'type', 'message', 'sleep_seconds'];

/** A function for every behaviour that the corpus describes, made once: cases with the same behaviour share its environments. */
export class BehaviourFunctions {
  readonly #made = new Map<string, Promise<string>>();
  readonly #client: LambdaClient;
  readonly #roleArn: string;
  readonly #source = readFileSync(resolve(import.meta.dirname, 'behaviour.mjs'), 'utf8');

  constructor(client: LambdaClient, roleArn: string) {
    this.#client = client;
    this.#roleArn = roleArn;
  }

  /** What is not known of a behaviour; a corpus may describe more than this one did. */
  static unknown(behaviour: Behaviour): string | undefined {
    if (!BEHAVIOURS.includes(behaviour.kind)) return `the function behaviour ${behaviour.kind} is not known`;
    const member = Object.keys(behaviour).find((name) => !MEMBERS.includes(name));
    return member === undefined
      ? undefined
      : `${member} of the function behaviour ${behaviour.kind} is not known`;
  }

  /** The name of a function that behaves so. */
  nameOf(behaviour: Behaviour): Promise<string> {
    const text = JSON.stringify(behaviour);
    const made = this.#made.get(text) ?? this.#create(text);
    this.#made.set(text, made);
    return made;
  }

  async #create(behaviour: string): Promise<string> {
    const name = `conformance-${createHash('sha256').update(behaviour).digest('hex').slice(0, 12)}`;
    await this.#client.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: this.#roleArn,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 120,
        Code: { ZipFile: await functionZip(this.#source) },
        Environment: { Variables: { BEHAVIOUR: behaviour } },
      }),
    );
    return name;
  }
}
