import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { jmeterPlan, LoadError, type LoadPlan, locustfile } from '../src/index.ts';

const open: LoadPlan = {
  name: 'health & "more"',
  model: {
    kind: 'open',
    stages: [
      { durationMs: 30_000, startRatePerSecond: 1, endRatePerSecond: 1 },
      { durationMs: 10_500, startRatePerSecond: 1, endRatePerSecond: 0.5 },
    ],
    arrivals: 'even',
    seed: 42,
    maxInFlight: 10,
  },
  target: {
    kind: 'http',
    url: 'http://127.0.0.1:8080/a?b=1&c=2',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":"<\u0024{x}>\n\'\\u00e4ü"}',
    answerIdHeader: null,
  },
  requestTimeoutMs: 5000,
};
const closed: LoadPlan = {
  ...open,
  model: {
    kind: 'closed',
    users: 10,
    spawnRatePerSecond: 5,
    thinkTime: { kind: 'uniform', minMs: 500, maxMs: 1500 },
    runTimeMs: 60_000,
    seed: 1,
  },
};
const aws: LoadPlan = {
  ...open,
  target: {
    kind: 'start-execution',
    aws: { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' } },
    stateMachineArn: 'arn',
    input: '{}',
  },
};

function python(script: string, input: string) {
  return spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
}
const hasPython = python('', '').status === 0;

test('an open model becomes an Open Model Thread Group with its schedule', () => {
  const plan = jmeterPlan(open);
  expect(plan).toContain(
    '<stringProp name="OpenModelThreadGroup.schedule">rate(1/s) even_arrivals(30000 ms) rate(1/s) rate(1/s) even_arrivals(10500 ms) rate(0.5/s) pause(5000 ms)</stringProp>',
  );
  expect(plan).toContain('<longProp name="OpenModelThreadGroup.random_seed">42</longProp>');
  expect(plan).toContain('<stringProp name="HTTPSampler.path">/a?b=1&amp;c=2</stringProp>');
  expect(plan).toContain('&lt;\\\u0024{x}&gt;&#10;');
});

test('a closed model becomes a Thread Group with its ramp, run time and think time', () => {
  const plan = jmeterPlan(closed);
  expect(plan).toContain('<stringProp name="ThreadGroup.num_threads">10</stringProp>');
  expect(plan).toContain('<stringProp name="ThreadGroup.ramp_time">2</stringProp>');
  expect(plan).toContain('<stringProp name="ThreadGroup.duration">60</stringProp>');
  expect(plan).toContain('<stringProp name="ConstantTimer.delay">500</stringProp>');
  expect(plan).toContain('<stringProp name="RandomTimer.range">1000</stringProp>');
});

test.skipIf(!hasPython)('the plans are well-formed XML that gives the texts back', () => {
  const script =
    'import sys, xml.etree.ElementTree as e; t = e.parse(sys.stdin.buffer); print([p.text for p in t.iter() if p.get("name") == "Argument.value"][0], end="")';
  for (const plan of [open, closed]) {
    const { stdout, stderr } = python(script, jmeterPlan(plan));
    expect(stderr).toBe('');
    expect(stdout).toBe('{"a":"<\\\u0024{x}>\n\'\\u00e4ü"}');
  }
});

test.skipIf(!hasPython)('the locustfiles are Python that gives the texts back', () => {
  const script = `
import ast, sys
tree = ast.parse(sys.stdin.buffer.read())
call = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, 'attr', '') == 'request'][0]
data = [k.value for k in call.keywords if k.arg == 'data'][0]
print(data.func.value.value, end='')
`;
  for (const plan of [open, closed]) {
    const { stdout, stderr } = python(script, locustfile(plan));
    expect(stderr).toBe('');
    expect(stdout).toBe('{"a":"<\u0024{x}>\n\'\\u00e4ü"}');
  }
});

test('the locustfile says how to start it, and follows the stages of an open model', () => {
  expect(locustfile(closed)).toContain('--users 10 --spawn-rate 5 --run-time 60s');
  expect(locustfile(closed)).toContain('wait_time = between(0.5, 1.5)');
  expect(locustfile(open)).toContain('stages = [(30, 1, 1), (10.5, 1, 0.5)]');
});

test('targets that need a signature are refused', () => {
  expect(() => jmeterPlan(aws)).toThrow(/for an HTTP target only, got 'start-execution'/);
  expect(() => locustfile(aws)).toThrow(LoadError);
});
