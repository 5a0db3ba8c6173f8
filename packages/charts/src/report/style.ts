export const PAGE_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 60rem; background: #fff; color: #222;
  font: 16px/1.55 system-ui, "DejaVu Sans", Verdana, sans-serif; }
h1 { font-size: 1.15rem; font-weight: 600; color: #555; margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
a { color: #00558a; }
/* The picture shows its title itself; the heading is for outlines and screen readers. */
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.verdict { border: 1px solid #cfd6dc; border-left: 6px solid #00558a; border-radius: 4px; padding: 1rem 1.25rem; }
.verdict.invalid { border-left-color: #a40000; }
.headline { font-size: 1.4rem; line-height: 1.35; font-weight: 600; margin: 0 0 .5rem; }
.finding { list-style: none; margin-left: -1.25rem; padding: .1rem 0; }
.finding b { display: inline-block; min-width: 5.2rem; }
.finding.error b { color: #a40000; }
.finding.warning b { color: #7a4b00; }
.facts { color: #555; font-size: .9rem; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .95rem; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid #dfe4e8; }
figure { margin: 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { margin: .75rem 0; max-width: 46rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; margin: .5rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid #e4e8eb; text-align: right; white-space: nowrap; }
th { border-bottom-color: #8a949c; }
th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; min-width: 7.5rem; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; font-size: .95rem; }
dt { font-weight: 600; }
dd { margin: 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav { display: none; }
  section { break-inside: avoid; border-top: none; padding-top: 0; }
  a { color: inherit; }
}
`;
