import { PAGE_STYLE } from '@skyground/charts';

/** What a report has beside what every page of results has. */
export const reportStyle = `${PAGE_STYLE}
h1 { font-size: 1.5rem; color: var(--ink); margin-bottom: .25rem; }
h2 { font-size: 1.35rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .25rem; }
.question { color: var(--quiet); margin: 0 0 1.25rem; }
.verdict { margin-top: 0; }
.verdict.bad { border: 2px solid var(--bad); border-left-width: 8px; }
.verdict.careful { border-left-color: var(--careful); }
.verdict.good { border-left-color: var(--good); }
.standing b { color: var(--good); }
.careful .standing b { color: var(--careful); }
.bad .standing { margin: -1rem -1.25rem 1rem; padding: .75rem 1.25rem; background: #a40000; color: #fff; }
.bad .standing b { color: #fff; font-size: 1.15rem; }
.remarks { list-style: none; padding: 0; }
.remarks > li { margin: .75rem 0; padding-left: .75rem; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
.remarks p { margin: .15rem 0; }
.remarks > .bad { border-left-color: var(--bad); }
.remarks > .careful { border-left-color: var(--careful); }
.remarks > .good { border-left-color: var(--good); }
.remarks b.bad { color: var(--bad); }
.remarks b.careful { color: var(--careful); }
.remarks b.good { color: var(--good); }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; font-size: .9rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
th button { all: unset; cursor: pointer; font: inherit; }
th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: "\\2195"; color: var(--quiet); padding-left: .3em; }
th[aria-sort=ascending] button::after { content: "\\2191"; color: var(--ink); }
th[aria-sort=descending] button::after { content: "\\2193"; color: var(--ink); }
thead th { white-space: normal; }
table { min-width: min(100%, 18rem); }
.prose { max-width: 46rem; }
.files { overflow-wrap: anywhere; }
.chart { margin-top: 2rem; }
/* The line that folds the table names it. */
.chart caption { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
.picture { overflow-x: auto; background: #fff; border-radius: 4px; }
.picture svg, .picture img { display: block; max-width: 100%; height: auto; min-width: 34rem; }
.live-picture { display: none; }
.chart.live .live-picture { display: block; }
.chart.live .still { display: none; }
.tooltip { position: fixed; z-index: 1; max-width: 22rem; padding: .4rem .6rem; white-space: pre-line; overflow-wrap: anywhere;
  pointer-events: none; background: #222; color: #fff; border-radius: 4px; font-size: .85rem; }
@media (prefers-color-scheme: dark) {
  /* Lightness turned over, hues kept: the colours of the arms stay apart as they were. */
  .picture { background: #161616; border: 1px solid var(--line); }
  .picture svg, .picture img { filter: invert(.914) hue-rotate(180deg); }
  .tooltip { background: #e6e8ea; color: #16191d; }
}
@media (hover: none) { .hint { display: none; } }
@media (max-width: 40rem) { body { padding: 1rem 1rem 2rem; } }
@page { margin: 15mm; }
@media print {
  .chart.live .still { display: block; }
  .chart.live .live-picture, .tooltip, .hint { display: none; }
  .picture, .scroll { overflow: visible; }
  .picture { background: #fff; }
  /* Two to a page. */
  .picture svg, .picture img { filter: none; min-width: 0; max-height: 8cm; width: auto; }
  table { width: 100%; font-size: 7.5pt; }
  th, td { padding: .2rem .3rem; }
  th.long, td.long { min-width: 0; }
  thead { break-inside: avoid; break-after: avoid; }
  th button::after { content: none; }
  .bad .standing { print-color-adjust: exact; }
}
`;
