import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deleteRun } from '@skyground/experiment';
import { messageOf } from '../../errors.ts';
import type { ListedExperiment } from '../../experiments.ts';
import type { RunRequest } from '../../options.ts';
import { runFiles } from '../../paths.ts';
import type { ViewStore } from '../store.ts';
import type { HomeEntry } from './entry.ts';
import type { HomeKey } from './keys.ts';
import { comparisonId, loadEntries } from './load-entries.ts';
import { newestBlocks } from './newest-blocks.ts';
import { openReport, pageForBrowser } from './open-report.ts';
import { failureBlocks, pageBlocks } from './page-blocks.ts';
import {
  entryOf,
  type HomeAction,
  type HomeEvent,
  type HomeState,
  type Page,
  selectedEntry,
} from './state.ts';

export interface HomeContent {
  readonly experiments: readonly ListedExperiment[];
  readonly resultsFolder: string;
  /** The main comparison, as Enter runs it. */
  readonly comparison: RunRequest;
}

/** Why the home screen is left. */
export type Wish =
  | { readonly kind: 'leave' }
  | { readonly kind: 'run'; readonly entries: readonly HomeEntry[]; readonly selected: number };

/** What lies behind the home screen: loads what it lacks, and does what keys ask for beyond the screen. */
export class HomeSession {
  readonly #store: ViewStore<HomeState, HomeEvent, HomeAction>;
  readonly #content: HomeContent;
  readonly #signal: AbortSignal;
  readonly #wish = Promise.withResolvers<Wish>();
  /** What is on its way, or was tried: nothing is loaded twice. */
  readonly #asked = new Set<unknown>();

  constructor(store: ViewStore<HomeState, HomeEvent, HomeAction>, content: HomeContent, signal: AbortSignal) {
    this.#store = store;
    this.#content = content;
    this.#signal = signal;
  }

  get wish(): Promise<Wish> {
    return this.#wish.promise;
  }

  /** Loads whatever the screen has come to need; to be called after each change of it. */
  readonly loadMissing = (): void => {
    const state = this.#store.get();
    if (state.entries === undefined) this.#once('entries', () => this.#loadEntries());
    const { page } = state;
    if ('blocks' in page && page.blocks === undefined) this.#once(page, () => this.#loadPage(page, state));
    const selected = selectedEntry(state);
    for (const entry of [selected, entryOf(state, comparisonId)]) {
      if (entry === undefined || state.newest.has(entry.id)) continue;
      this.#once(entry, async () => {
        const blocks = await newestBlocks(entry).catch(failureBlocks);
        this.#store.event({ type: 'newestLoaded', id: entry.id, blocks });
      });
    }
  };

  readonly press = (key: HomeKey): void => {
    const state = this.#store.get();
    switch (key.type) {
      case 'leave':
        this.#wish.resolve({ kind: 'leave' });
        break;
      case 'stop':
        break;
      case 'run': {
        const { page, selected } = state;
        const ids = page.kind === 'plan' ? page.ids : [];
        const entries = (state.entries ?? []).filter(({ id }) => ids.includes(id));
        this.#wish.resolve({ kind: 'run', entries, selected });
        break;
      }
      case 'report':
        this.#openReport(state);
        break;
      case 'delete':
        this.#store.key({ type: 'answered' });
        this.#delete(state.deleting);
        break;
      default:
        this.#store.key(key);
        this.loadMissing();
    }
  };

  #once(what: unknown, load: () => Promise<void>): void {
    if (this.#asked.has(what)) return;
    this.#asked.add(what);
    void load().then(this.loadMissing, this.#tell);
  }

  async #loadEntries(): Promise<void> {
    const page = join(runFiles(this.#content.comparison.options.metricsDir).charts, 'index.html');
    const indexPage = existsSync(page) ? page : undefined;
    this.#store.event({ type: 'entriesLoaded', entries: await this.#readEntries(), indexPage });
  }

  #readEntries(): Promise<readonly HomeEntry[]> {
    const { experiments, resultsFolder, comparison } = this.#content;
    return loadEntries(experiments, { resultsFolder, metricsDir: comparison.options.metricsDir });
  }

  async #loadPage(page: Page, state: HomeState): Promise<void> {
    const blocks = await pageBlocks(state, this.#content.comparison.options).catch(failureBlocks);
    this.#store.event({ type: 'pageLoaded', page, blocks });
  }

  #openReport(state: HomeState): void {
    const path = pageForBrowser(state);
    if (path === undefined) this.#say('There is nothing to open here yet.');
    else openReport(path, process.env).then(this.#say, this.#tell);
  }

  #delete(folder: string | undefined): void {
    if (folder === undefined) return;
    const work = async () => {
      await deleteRun(folder);
      const entries = await this.#readEntries();
      this.#store.event({ type: 'deleted', entries, notice: `Deleted ${folder}.` });
      const { renewIndexPage } = await import('../../index-page.ts');
      const problem = await renewIndexPage(this.#content.resultsFolder, this.#signal);
      if (problem !== undefined) this.#say(problem);
    };
    work().then(this.loadMissing, this.#tell);
  }

  readonly #say = (notice: string): void => this.#store.event({ type: 'notice', text: notice });
  readonly #tell = (error: unknown): void => this.#say(messageOf(error));
}
