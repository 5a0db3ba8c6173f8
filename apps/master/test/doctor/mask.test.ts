import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskFor } from '../../src/doctor/mask.ts';
import { reportOf, reportSchema } from '../../src/doctor/report.ts';

const environment = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEBYaD',
};
const sections = {
  lab: {
    aws_access_key_id: 'localkeyid',
    aws_secret_access_key: 'wJal',
    aws_session_token: 'a-token-of-lab',
  },
};
const mask = maskFor(environment, sections);

it('hides secrets by their values, key ids after four characters, and passwords in URLs', () => {
  expect(mask(`secret ${environment.AWS_SECRET_ACCESS_KEY}, token a-token-of-lab`)).toBe(
    'secret (hidden), token (hidden)',
  );
  expect(mask('AKIAIOSFODNN7EXAMPLE localkeyid ASIAQQQQQQQQQQQQQQQQ')).toBe('AKIA... loca... ASIA...');
  expect(mask('http://a:b@one/ and https://c@two/')).toBe('http://(hidden)@one/ and https://(hidden)@two/');
  expect(mask('http://a:p@ss@one/')).toBe('http://(hidden)@one/');
});

it('no text of a report holds a secret, wherever it stood', () => {
  const secrets = [...Object.values(environment), 'localkeyid', 'a-token-of-lab'];
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...secrets), fc.string(), (before, secret, after) => {
      const text = before + secret + after;
      const report = reportOf(
        text,
        [{ id: 'x', title: text, status: 'problem', seen: text, advice: text }],
        mask,
      );

      expect(JSON.stringify(report)).not.toContain(secret);
      expect(reportSchema.safeParse(report).success).toBe(true);
    }),
  );
});

it('lets nothing through that steers a terminal or breaks a line', () => {
  const finding = { id: 'x', title: 'x', status: 'ok', seen: '\x1b[2J\u202eevil\r\n\tname\u0007' } as const;

  expect(reportOf('t', [finding], mask).checks[0]).toMatchObject({ seen: '\ufffd[2J\ufffdevil name\ufffd' });
});
