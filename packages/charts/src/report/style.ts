/** What every page of results looks like: light, dark as the reader's system asks, and printed. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #222; --quiet: #555; --line: #dfe4e8; --rule: #8a949c;
  --link: #00558a; --bad: #a40000; --careful: #7a4b00; --good: #1b5e20; --panel: #f5f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --page: #16191d; --ink: #e6e8ea; --quiet: #a9b1b8; --line: #343b42; --rule: #7b858e;
    --link: #7cc4f5; --bad: #ff8a80; --careful: #f0b955; --good: #8fd694; --panel: #20252b; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 64rem; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, "DejaVu Sans", Verdana, sans-serif; }
h1 { font-size: 1.15rem; font-weight: 600; color: var(--quiet); margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
a { color: var(--link); }
/* The picture shows its title itself; the heading is for outlines and screen readers. */
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.verdict { border: 1px solid var(--line); border-left: 6px solid var(--link); border-radius: 4px; padding: 1rem 1.25rem; }
.verdict.invalid { border-left-color: var(--bad); }
.headline { font-size: 1.4rem; line-height: 1.35; font-weight: 600; margin: 0 0 .5rem; }
.finding { list-style: none; margin-left: -1.25rem; padding: .1rem 0; }
.finding b { display: inline-block; min-width: 5.2rem; }
.finding.error b { color: var(--bad); }
.finding.warning b { color: var(--careful); }
.facts { color: var(--quiet); font-size: .9rem; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .95rem; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
figure { margin: 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { margin: .75rem 0; max-width: 46rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; margin: .5rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; white-space: nowrap; }
thead th { border-bottom-color: var(--rule); vertical-align: bottom; }
tbody th { font-weight: normal; }
/* Names stay on one line where all of a column are short; sentences and addresses take the room that is left. */
th.text, td.text { text-align: left; }
th.long, td.long { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
th:first-child { padding-left: 0; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; font-size: .95rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; }
  .picture svg { max-width: 40rem; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --ink: #000; --quiet: #333; --line: #ccc; --rule: #666;
    --link: #000; --bad: #a40000; --careful: #7a4b00; --good: #1b5e20; --panel: #fff; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav { display: none; }
  section { border-top: none; padding-top: 0; }
  figure, tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  a { color: inherit; }
}
`;
