import { createHash } from 'node:crypto';

/** Allows the page's own style and scripts by their hashes, pictures that it holds itself, and nothing else. */
export function contentSecurityPolicy(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src ${styles.map(hashOf).join(' ')}`,
    `script-src ${scripts.map(hashOf).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

/** A script that cannot end its own element: in the text of a script `\x3c` is `<`. */
export function inlineScript(source: string): string {
  return source.replaceAll(/<(?=\/script|!--)/gi, '\\x3c');
}
