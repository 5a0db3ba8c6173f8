/** Names of variables whose values are nobody's business. */
const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE|ACCESS_?KEY|API_?KEY|_KEY$/i;
const secretFlag =
  /^--?[\w-]*(secret|token|password|passwd|passphrase|credential|private|access-?key|api-?key)[\w-]*$/i;
/** Up to the last @: a password that holds one itself should be spelt %40, and often is not. */
const userInfo = /(?<=:\/\/)[^/\s]+(?=@)/g;
/** The number of an account, as in `--role arn:aws:iam::123456789012:role/LabRole`. */
const accountInArn = /(?<=\barn:[\w-]*:[\w-]*:[\w-]*:)\d{12}(?=:)/g;

/** Shorter values are words such as `test`, which stand everywhere and protect nothing. */
const shortestSecret = 8;

/** Recognises the secrets of this process's environment in text that is about to be kept. */
export interface Secrets {
  /** The text with `***` for each secret in it, for the name and password of a URL, and for the account in an ARN. */
  mask(text: string): string;
  /** Masks what stands behind flags such as `--token`, too. */
  maskCommandLine(commandLine: readonly string[]): readonly string[];
}

export function secretsOf(environment: Readonly<Record<string, string | undefined>>): Secrets {
  const values = Object.entries(environment)
    .filter(([name]) => secretName.test(name))
    .flatMap(([, value]) => (value !== undefined && value.length >= shortestSecret ? [value] : []))
    // A secret that contains another is masked as a whole.
    .toSorted((a, b) => b.length - a.length);
  const mask = (text: string) =>
    values
      .reduce((masked, value) => masked.replaceAll(value, '***'), text)
      .replaceAll(userInfo, '***')
      .replaceAll(accountInArn, '***');
  return {
    mask,
    maskCommandLine: (commandLine) =>
      commandLine.map((argument, index) => {
        const [flag = '', value] = argument.split('=', 2);
        if (secretFlag.test(flag) && value !== undefined) return `${flag}=***`;
        const before = commandLine[index - 1];
        return before !== undefined && secretFlag.test(before) ? '***' : mask(argument);
      }),
  };
}
