import fc, { type GeneratorValue } from 'fast-check';

/** How a line may fail. Lines that run at once do it in any order, so that only one of them may, or all in the same words. */
type Failing = 'not' | 'in the same words' | 'anyhow';

interface Surroundings {
  readonly depth: number;
  readonly failing: Failing;
  readonly isInMap: boolean;
  /** Variables that are assigned for sure. */
  readonly variables: readonly string[];
}

type State = Readonly<Record<string, unknown>>;

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111111111111:function:';
const INVOKE = 'arn:aws:states:::lambda:invoke';

/**
 * A workflow as a person might write it, of all that can be decentralised: the data is an object in every state but one that follows a
 * fan-out, and what is read is there, unless the workflow may fail anyhow.
 */
export class RandomWorkflow {
  readonly #draw: GeneratorValue;
  #names = 0;

  constructor(draw: GeneratorValue) {
    this.#draw = draw;
  }

  definition(): State {
    return this.#line({ depth: 0, failing: 'anyhow', isInMap: false, variables: [] });
  }

  #chance(percent: number): boolean {
    return this.#draw(fc.integer, { min: 1, max: 100 }) <= percent;
  }

  #one<Value>(...values: readonly [Value, ...Value[]]): Value {
    return values[this.#draw(fc.nat, { max: values.length - 1 })] ?? values[0];
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #line(around: Surroundings): State {
    const variable = this.#name('v');
    const within = { ...around, variables: [...around.variables, variable] };
    const first = this.#name('Begin');
    const rest = Array.from({ length: this.#draw(fc.integer, { min: 1, max: 4 }) }, () =>
      this.#block(within),
    ).flat();
    const last = this.#ending(around);
    const states = [
      {
        name: first,
        state: { Type: 'Pass', Assign: { [variable]: this.#one<unknown>(0, 'text', null) } },
        mayJumpTo: false,
      },
      ...rest,
      last,
    ];
    const joined = states.map(({ name, state }, index): readonly [string, State] => {
      const later = states.slice(index + 1).filter(({ mayJumpTo }) => mayJumpTo);
      return [
        name,
        this.#connected(
          state,
          states[index + 1]?.name,
          later.map((target) => target.name),
        ),
      ];
    });
    return { StartAt: first, States: Object.fromEntries(joined) };
  }

  /** With Next or End, and choices and catchers that jump ahead. */
  #connected(state: State, next: string | undefined, later: readonly string[]): State {
    const [nearest = '', ...farther] = later;
    const jump = () => this.#one(nearest, ...farther);
    if (state['Type'] === 'Choice') {
      const choices = (state['Choices'] as State[]).map((choice) => ({ ...choice, Next: jump() }));
      return { ...state, Choices: choices, Default: next };
    }
    if (state['Type'] === 'Succeed' || state['Type'] === 'Fail') return state;
    const { Catch, ...others } = state;
    const catchers =
      later.length > 0 && Array.isArray(Catch)
        ? Catch.map((catcher: State) => ({ ...catcher, Next: jump() }))
        : [];
    return {
      ...others,
      ...(catchers.length > 0 && { Catch: catchers }),
      ...(next === undefined ? { End: true } : { Next: next }),
    };
  }

  #block(around: Surroundings): { name: string; state: State; mayJumpTo: boolean }[] {
    const kind = this.#draw(fc.integer, { min: 1, max: 100 });
    const mayJumpTo = true;
    if (kind <= 35) return [{ name: this.#name('Task'), state: this.#task(around), mayJumpTo }];
    if (kind <= 55) return [{ name: this.#name('Pass'), state: this.#pass(around), mayJumpTo }];
    if (kind <= 70 || around.depth === 2)
      return [{ name: this.#name('Choice'), state: this.#choice(around), mayJumpTo }];
    const name = this.#name('Fan');
    // The list as it is goes to a task of its own kind; nobody else comes there.
    if (!this.#chance(50))
      return [{ name, state: { ...this.#fanOut(around), ...this.#placedResult(around) }, mayJumpTo }];
    const state = { ...this.#fanOut(around), QueryLanguage: 'JSONPath' };
    return [
      { name, state, mayJumpTo },
      { name: this.#name('Gather'), state: this.#gather(), mayJumpTo: false },
    ];
  }

  /** The list of outputs as a member of an object. */
  #placedResult(around: Surroundings): State {
    const member = this.#one('parts', 'a');
    return this.#one<State>(
      { ResultPath: `$.${member}` },
      { ResultPath: null },
      { ResultSelector: { 'parts.$': '$', 'first.$': '$[0]' }, ResultPath: '$.p' },
      { ResultSelector: { 'count.$': 'States.ArrayLength($)' }, ResultPath: '$.count' },
      { ResultSelector: { 'parts.$': '$[*]' }, ResultPath: '$.all' },
      ...(around.failing === 'anyhow'
        ? [{ ResultSelector: { 'member.$': '$[0].fn' }, ResultPath: '$.m' }]
        : []),
    );
  }

  #fanOut(around: Surroundings): State {
    const isMap = this.#chance(40);
    const retried = this.#chance(60) ? {} : this.#handling(around);
    const inner = { ...around, depth: around.depth + 1 };
    if (isMap) {
      const failing = around.failing === 'not' ? 'not' : 'in the same words';
      return {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemSelector: this.#one<State>(
          { 'item.$': '$$.Map.Item.Value', 'items.$': '$.items', 'index.$': '$$.Map.Item.Index' },
          { 'items.$': '$.items', 'a.$': '$$.Map.Item.Value' },
        ),
        ItemProcessor: this.#line({ ...inner, failing, isInMap: true }),
        ...retried,
      };
    }
    const count = this.#draw(fc.integer, { min: 1, max: 3 });
    const failing = this.#draw(fc.integer, { min: 0, max: count - 1 });
    return {
      Type: 'Parallel',
      ...(this.#chance(30) && { Parameters: { 'items.$': '$.items', a: 3 } }),
      Branches: Array.from({ length: count }, (_, index) =>
        this.#line({ ...inner, failing: index === failing ? around.failing : 'not' }),
      ),
      ...retried,
    };
  }

  #gather(): State {
    return this.#one<State>(
      this.#call('sum', { Parameters: { 'all.$': '$', 'first.$': '$[0]', items: [1, 2] } }),
      this.#call('sum', { ResultSelector: { 'r.$': '$', items: [] } }),
      this.#call('sum', { Parameters: { 'size.$': 'States.ArrayLength($)', items: [3] } }),
      {
        ...this.#call('sum', {}),
        QueryLanguage: 'JSONata',
        Arguments: { all: '{% $states.input %}', items: [7] },
      },
      {
        ...this.#call('sum', {}),
        QueryLanguage: 'JSONata',
        Arguments: { n: '{% $count($states.input) %}', items: [] },
      },
    );
  }

  #task(around: Surroundings): State {
    const isFlaky = this.#chance(20);
    const mayFail = around.failing !== 'not';
    const failures = isFlaky ? this.#draw(fc.integer, { min: 1, max: mayFail ? 3 : 2 }) : 0;
    const handling =
      isFlaky && !mayFail ? { Retry: [{ ErrorEquals: ['States.ALL'] }] } : this.#handling(around);
    const counted = 'Retry' in handling;
    if (this.#chance(30)) {
      return {
        ...this.#call('work', {}),
        QueryLanguage: 'JSONata',
        Arguments: {
          ...(isFlaky && (mayFail || counted) && { failures, error: this.#one('E1', 'E2') }),
          ...(counted && { attempt: '{% $states.context.State.RetryCount %}' }),
          known: this.#one(
            '{% $states.input %}',
            '{% $states.input.items %}',
            ...this.#variables(around).map((name) => `{% $${name} %}`),
          ),
          items: '{% $states.input.items %}',
        },
        ...(this.#chance(40) && {
          Output: {
            items: '{% $states.input.items %}',
            r: '{% $states.result %}',
            a: '{% $count($states.input.items) %}',
          },
        }),
        ...this.#inJsonata(handling),
      };
    }
    const parameters = {
      ...(isFlaky && (mayFail || counted) && { failures, error: this.#one('E1', 'E2') }),
      ...(counted && { 'attempt.$': '$$.State.RetryCount' }),
      'items.$': '$.items',
      'known.$': this.#one(
        '$',
        '$$.State.Name',
        "States.Format('{}', $.items)",
        ...this.#variables(around).map((name) => `$${name}`),
      ),
      ...(around.isInMap && { 'index.$': '$$.Map.Item.Index' }),
      ...(around.failing === 'anyhow' && this.#chance(10) && { 'missing.$': '$.a.b' }),
    };
    const result = this.#one<State>(
      {},
      { ResultPath: '$.r' },
      { ResultPath: null },
      { ResultSelector: { 'items.$': '$.items', 'r.$': '$' } },
    );
    if (this.#chance(20)) {
      return {
        Type: 'Task',
        Resource: INVOKE,
        Parameters: {
          FunctionName: 'work',
          ...(isFlaky || !this.#chance(50) ? { Payload: parameters } : { 'Payload.$': '$' }),
        },
        ...this.#one<State>(
          { OutputPath: '$.Payload' },
          { ResultSelector: { 'r.$': '$.Payload' }, ResultPath: '$.r' },
        ),
        ...handling,
      };
    }
    return { ...this.#call('work', { Parameters: parameters }), ...result, ...handling };
  }

  #call(name: string, more: State): State {
    return {
      Type: 'Task',
      Resource: `${FUNCTION_ARN}${name}`,
      ...(this.#chance(10) && { TimeoutSeconds: 60 }),
      ...more,
    };
  }

  #variables({ variables }: Surroundings): string[] {
    return variables.slice(-2);
  }

  /** Retry and Catch, both in the words of both query languages. Targets come later. */
  #handling({ failing }: Surroundings): { Retry?: State[]; Catch?: State[] } {
    if (failing === 'not') return {};
    const retriers = [
      { ErrorEquals: ['E1'], MaxAttempts: this.#draw(fc.integer, { min: 0, max: 2 }) },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 1, JitterStrategy: 'FULL' },
    ];
    return {
      ...(this.#chance(50) && { Retry: this.#one(retriers, retriers.slice(0, 1), retriers.slice(1)) }),
      ...(this.#chance(50) && {
        Catch: [{ ErrorEquals: [this.#one('E1', 'E2', 'States.ALL')], ResultPath: '$.caught' }],
      }),
    };
  }

  #inJsonata({ Catch, ...handling }: { Retry?: State[]; Catch?: State[] }): State {
    if (Catch === undefined) return handling;
    const Output = { items: '{% $states.input.items %}', e: '{% $states.errorOutput %}' };
    return { ...handling, Catch: Catch.map(({ ResultPath: _path, ...catcher }) => ({ ...catcher, Output })) };
  }

  #pass(around: Surroundings): State {
    const own = around.variables.at(-1) ?? '';
    return this.#one<State>(
      { Type: 'Pass' },
      { Type: 'Pass', Parameters: { 'items.$': '$.items', 'id.$': 'States.UUID()', 'v.$': `$${own}` } },
      { Type: 'Pass', Result: { deep: [1, 2] }, ResultPath: '$.a' },
      { Type: 'Pass', Assign: { [`${own}.$`]: '$.items' } },
      {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: { items: '{% $states.input.items %}', a: '{% $states.input %}' },
      },
      { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { [own]: `{% $string($${own}) & '!' %}` } },
    );
  }

  #choice(around: Surroundings): State {
    const own = around.variables.at(-1) ?? '';
    return this.#one<State>(
      { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: this.#one(true, false) }] },
      {
        Type: 'Choice',
        Choices: [
          { Variable: `$${own}`, IsString: true },
          { Variable: '$.items[0]', IsPresent: false },
        ],
      },
      {
        Type: 'Choice',
        QueryLanguage: 'JSONata',
        Choices: [{ Condition: '{% $count($states.input.items) > 1 %}' }],
      },
    );
  }

  #ending({ failing }: Surroundings): { name: string; state: State; mayJumpTo: boolean } {
    const mayJumpTo = true;
    if (failing !== 'not' && this.#chance(5)) {
      const state = {
        Type: 'Fail',
        ...(this.#chance(80) && { Error: 'E1' }),
        ...(this.#chance(80) && { Cause: 'by the workflow' }),
      };
      return { name: this.#name('Fail'), state, mayJumpTo };
    }
    if (this.#chance(40)) return { name: this.#name('Succeed'), state: { Type: 'Succeed' }, mayJumpTo };
    return { name: this.#name('Last'), state: { Type: 'Pass' }, mayJumpTo };
  }
}
