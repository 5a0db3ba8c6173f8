import type { InvokableRoute } from '../invoke-urls.ts';

/** A command for sh that invokes a route with its example. */
export function curlLine(route: InvokableRoute): string {
  const body =
    route.exampleBody === undefined
      ? []
      : ['-H', "'Content-Type: application/json'", '-d', shQuoted(JSON.stringify(route.exampleBody))];
  return ['curl', '-X', methodOf(route), ...body, shQuoted(route.url)].join(' ');
}

/** The same for PowerShell. Without a charset, Windows PowerShell would send what is not Latin-1 as question marks. */
export function powerShellLine(route: InvokableRoute): string {
  const body =
    route.exampleBody === undefined
      ? []
      : [
          '-ContentType',
          "'application/json; charset=utf-8'",
          '-Body',
          powerShellQuoted(JSON.stringify(route.exampleBody)),
        ];
  return [
    'Invoke-WebRequest -UseBasicParsing',
    '-Method',
    methodOf(route),
    '-Uri',
    powerShellQuoted(route.url),
    ...body,
  ].join(' ');
}

/** Any method will do for `ANY`. */
function methodOf({ method, exampleBody }: InvokableRoute): string {
  if (method !== 'ANY') return method;
  return exampleBody === undefined ? 'GET' : 'POST';
}

/** A word for sh, bare where that is safe. */
export function shQuoted(text: string): string {
  if (/^[\w./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** PowerShell takes typographic quotation marks for quotation marks, too. */
function powerShellQuoted(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
