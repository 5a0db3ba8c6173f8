/** Light or dark as the reader's system asks; wide tables and charts move inside their own box on a narrow screen. */
export const reportStyle = `
:root { color-scheme: light dark; --page: #fff; --ink: #222; --quiet: #555; --line: #dfe4e8; --panel: #eef3ef; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15211b; --ink: #e6ebe8; --quiet: #a9b8af; --line: #33443b; --panel: #1f2f27; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, "DejaVu Sans", Verdana, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
time { white-space: nowrap; }
p { margin: .35rem 0; overflow-wrap: anywhere; }
.note { color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { background: var(--panel); vertical-align: bottom; white-space: normal; }
th.text, td.text { text-align: left; }
td.long { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
tr.total td { background: var(--panel); font-weight: 600; }
.chart { background: #fff; border: 1px solid var(--line); border-radius: 4px; }
.chart img { display: block; width: 100%; min-width: 34rem; height: auto; }
@media print { .scroll { overflow: visible; } .chart img { min-width: 0; } tr, .chart { break-inside: avoid; } }
`;
