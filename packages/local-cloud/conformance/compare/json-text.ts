export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A box, since `null` is a value too; undefined for what is no JSON. */
export function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(repaired(text)) };
  } catch {
    return undefined;
  }
}

/** The recorder's `<request-id>` swallowed the quotation mark before it in a few texts. */
function repaired(text: string): string {
  return text.replaceAll(/:(\s*)(<[\w-]+>)"/g, ':$1"$2"');
}

/** What the recorder did to texts that begin with `{`: parsed them, once. */
export function asRecorded(text: unknown): unknown {
  return typeof text === 'string' && text.startsWith('{') ? (parsedJson(text)?.value ?? text) : text;
}
