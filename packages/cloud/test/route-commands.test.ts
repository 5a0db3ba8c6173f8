import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

import { curlLine, powerShellLine } from '../src/cli/route-commands.ts';

const route = {
  api: 'sky-lab',
  method: 'POST',
  url: 'https://abc.execute-api.eu-central-1.amazonaws.com/dev/experiment',
  exampleBody: { experiment_type: 'CHAIN', note: 'it\'s "quoted" $HOME `x` \u2019' },
};

describe('the printed commands', () => {
  it('for sh reach curl as they were meant', () => {
    const words = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${curlLine(route)}`], {
      encoding: 'utf8',
    });

    expect(words.trimEnd().split('\n')).toEqual([
      '-X',
      'POST',
      '-H',
      'Content-Type: application/json',
      '-d',
      JSON.stringify(route.exampleBody),
      route.url,
    ]);
  });

  it('for PowerShell double what it takes for a quotation mark', () => {
    expect(powerShellLine(route)).toBe(
      `Invoke-WebRequest -UseBasicParsing -Method POST -Uri '${route.url}' -ContentType 'application/json; charset=utf-8' ` +
        `-Body '{"experiment_type":"CHAIN","note":"it''s \\"quoted\\" $HOME \`x\` \u2019\u2019"}'`,
    );
  });

  it('send no body where the declaration has no example, and a method that is one', () => {
    const any = { ...route, method: 'ANY', exampleBody: undefined };

    expect(curlLine(any)).toBe(`curl -X GET '${route.url}'`);
    expect(powerShellLine(any)).toBe(`Invoke-WebRequest -UseBasicParsing -Method GET -Uri '${route.url}'`);
  });
});
