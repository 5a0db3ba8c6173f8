import { describe, expect, it } from 'vitest';

import { type AppDeclaration, CloudUsageError, declareApp, namesOf } from '../src/index.ts';
import { anAppWithMachine, BASICS, EMPTY_FUNCTION, IDENTITY } from './support/an-app.ts';

describe('names', () => {
  it('are prefix, app and key, and without the key for main', () => {
    const names = namesOf(anAppWithMachine({}), IDENTITY);

    expect(names.buckets.images).toBe('sky-lab-images-123456789012-eu-central-1');
    expect(names.tables.images.arn).toBe('arn:aws:dynamodb:eu-central-1:123456789012:table/sky-lab-images');
    expect(names.functions.classify).toEqual({
      name: 'sky-lab-classify',
      arn: 'arn:aws:lambda:eu-central-1:123456789012:function:sky-lab-classify',
      logGroup: '/aws/lambda/sky-lab-classify',
    });
    expect(names.stateMachines.main).toEqual({
      name: 'sky-lab',
      arn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:sky-lab',
      logGroup: '/aws/vendedlogs/states/sky-lab',
    });
    expect(names.functionRole).toEqual({
      arn: 'arn:aws:iam::123456789012:role/sky-lab-eu-central-1',
      ownName: 'sky-lab-eu-central-1',
    });
    expect(names.stateMachineRole.ownName).toBe('sky-lab-states-eu-central-1');
  });

  it('of an existing role are used for functions and state machines alike', () => {
    const app = { ...anAppWithMachine({}), role: { kind: 'existing', nameOrArn: 'LabRole' } } as const;
    const { functionRole, stateMachineRole } = namesOf(app, IDENTITY);

    expect(functionRole).toEqual({ arn: 'arn:aws:iam::123456789012:role/LabRole', ownName: undefined });
    expect(stateMachineRole).toEqual(functionRole);
  });

  it('that AWS would not take are refused before anything is sent', () => {
    const functions = { ['x'.repeat(60)]: EMPTY_FUNCTION };
    expect(() => namesOf(declareApp({ ...BASICS, functions }), IDENTITY)).toThrow(
      /Function name sky-lab-x+: expected at most 64 characters, it has 68\. Use a shorter --prefix\./,
    );
  });

  it('of two buckets may not be one', () => {
    const objects = { keyPrefix: 'x', ownsKey: () => true, markedFile: { key: 'y', metadataName: 'z' } };
    const mine = { kind: 'existing', name: 'mine', objects } as const;
    const app: AppDeclaration = {
      ...BASICS,
      functions: {},
      buckets: { input: { ...mine, flag: '--in' }, output: { ...mine, flag: '--out' } },
    };
    expect(() => namesOf(app, IDENTITY)).toThrow(CloudUsageError);
    expect(() => namesOf(app, IDENTITY)).toThrow(/--in and --out are both mine: expected two buckets/);
  });
});

describe('a reference to what is not declared', () => {
  it('does not compile', () => {
    declareApp({
      ...BASICS,
      functions: {
        main: {
          ...EMPTY_FUNCTION,
          // @ts-expect-error there is no function of this key
          environment: { OTHER: { function: 'mian' } },
          // @ts-expect-error there is no table at all
          uses: [{ table: 'images', access: 'read' }],
        },
      },
      // @ts-expect-error there is no function of this key
      httpApis: { main: { routes: { 'GET /': { function: 'mian' } } } },
    });
  });

  it('has no name', () => {
    const { functions } = namesOf(declareApp({ ...BASICS, functions: { main: EMPTY_FUNCTION } }), IDENTITY);
    // @ts-expect-error there is no function of this key
    expect(functions.mian).toBeUndefined();
  });
});
