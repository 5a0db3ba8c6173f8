import type { DataTable, DrawnChart } from '@skyground/charts';

/** One part of a report, whatever it is written as. Every text may come from outside and is plain text. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Terms and what is known of them. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'table'; readonly caption: string; readonly note: string; readonly table: DataTable }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'link'; readonly before: string; readonly label: string; readonly href: string }
  | { readonly kind: 'chart'; readonly chart: DrawnChart }
  | { readonly kind: 'prose'; readonly title: string; readonly paragraphs: readonly string[] }
  /** Files in the run folder: each path, which is of letters that an address takes, and what it is. */
  | { readonly kind: 'files'; readonly files: readonly Fact[] }
  | { readonly kind: 'downloads' };

export type Fact = readonly [term: string, description: string];

export interface Section {
  /** Unique in the report, and never a chart's id. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Whether the figures may be used, first thing that a reader sees. */
export interface Standing {
  readonly kind: 'good' | 'careful' | 'bad';
  /** `Not valid`, `Valid, with 2 warnings`. */
  readonly title: string;
  readonly text: string;
}

/** A problem, or a threshold, with what to do about it. Problems of one kind are one remark. */
export interface Remark {
  readonly kind: 'good' | 'careful' | 'bad';
  /** In words what the colour says: `Error`, `Warning`, `Threshold kept`. */
  readonly label: string;
  readonly texts: readonly string[];
  readonly remedy: string | undefined;
}

export interface ReportDocument {
  readonly title: string;
  readonly question: string;
  readonly headline: string;
  readonly sentences: readonly string[];
  readonly standing: Standing;
  readonly remarks: readonly Remark[];
  /** What it ran on, what may be concluded from that, and when. */
  readonly ranOn: string;
  readonly sections: readonly Section[];
}
