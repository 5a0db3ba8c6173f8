import { render } from 'ink-testing-library';
import { describe, expect, it, vi } from 'vitest';
import { App } from '../src/ui/App.tsx';
import { Questions } from '../src/ui/questions.ts';
import { makeRunStore } from '../src/ui/run-store.ts';

async function screen() {
  const store = makeRunStore(() => 0);
  const stop = new AbortController();
  const questions = new Questions(store, stop.signal);
  const requestStop = vi.fn(() => stop.abort(new Error('stop')));
  const view = render(<App store={store} place="" requestStop={requestStop} answer={questions.answer} />);
  // Ink listens for keys once its first effects have run.
  await vi.waitFor(() => expect(view.stdin.listenerCount('readable')).toBeGreaterThan(0));
  return {
    store,
    questions,
    requestStop,
    press: (keys: string) => view.stdin.write(keys),
    [Symbol.dispose]: () => view.unmount(),
  };
}

describe('keys', () => {
  it.each([
    ['?', { overlay: 'help' }],
    ['f', { overlay: 'failures' }],
    ['p', { scrolledBack: 0 }],
    ['l', { isOnlyProblems: true }],
    ['k', { scrolledBack: 1 }],
    ['\u001b[A', { scrolledBack: 1 }],
    ['kkj', { scrolledBack: 1 }],
    ['?f', { overlay: 'failures' }],
  ])('%j', async (keys, expected) => {
    using view = await screen();
    for (let line = 0; line < 50; line += 1)
      view.store.event({ type: 'log', level: 'info', message: `${line}` });
    view.press(keys);
    await vi.waitFor(() => expect(view.store.get()).toMatchObject(expected));
    expect(view.requestStop).not.toHaveBeenCalled();
  });

  it.each(['?', 'f'])('Esc closes what %j opened', async (key) => {
    using view = await screen();
    view.press(key);
    await vi.waitFor(() => expect(view.store.get().overlay).not.toBe('none'));
    view.press('\u001b');
    await vi.waitFor(() => expect(view.store.get().overlay).toBe('none'));
  });

  it.each(['q', '\u0003'])('%j stops', async (key) => {
    using view = await screen();
    view.press(key);
    await vi.waitFor(() => expect(view.requestStop).toHaveBeenCalledOnce());
  });
});

describe('questions', () => {
  it.each([
    ['y', true],
    ['n', false],
    ['\r', false],
  ])('%j answers', async (key, expected) => {
    using view = await screen();
    const answer = view.questions.ask('Delete?');
    await vi.waitFor(() => expect(view.store.get().question).toBe('Delete?'));
    // Ink hands the new question to the keys with its next frame: any other key means nothing until then.
    view.press('x');
    view.press(key);
    expect(await answer).toBe(expected);
    expect(view.store.get().question).toBeUndefined();
  });

  it('are answered no by a stop, and a later stop disturbs no later question', async () => {
    using view = await screen();
    const first = view.questions.ask('First?');
    view.questions.answer(true);
    expect(await first).toBe(true);
    const second = view.questions.ask('Second?');
    view.requestStop();
    expect(await second).toBe(false);
    await expect(view.questions.ask('Third?')).rejects.toThrow('stop');
  });
});
