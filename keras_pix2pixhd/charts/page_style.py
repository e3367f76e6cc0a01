"""The style that pages with charts share."""

from keras_pix2pixhd.charts.series_style import DARK_COLORS

_DARK_SERIES = "\n".join(
    f"  .s{i} {{ stroke: {color}; }} .f{i} {{ fill: {color}; }}"
    for i, color in enumerate(DARK_COLORS)
)

PAGE_STYLE = (
    """
:root {
  --ground: #f7f6f3; --card: #ffffff; --ink: #1d1c1a; --soft: #5f5c57;
  --line: #e4e1db; --link: #0b5c8a; --best: #dcefe4; --best-ink: #0d5c3c;
  --warn: #fff4d6; --warn-line: #d9a514; --head: #f1efea;
  --shadow: rgb(0 0 0 / .22);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #131518; --card: #1b1e23; --ink: #e9e7e3; --soft: #a9a6a0;
    --line: #333841; --link: #86c8f2; --best: #16382a; --best-ink: #8fe0b8;
    --warn: #332a10; --warn-line: #b98d1a; --head: #22262c;
    --shadow: rgb(0 0 0 / .75);
  }
"""
    + _DARK_SERIES
    + """
}
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); line-height: 1.15;
  margin: 0 0 .75rem; letter-spacing: -.02em; text-wrap: balance; }
h2 { font-size: 1.35rem; margin: 0 0 .75rem; letter-spacing: -.01em; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .6rem; }
h4 { font-size: .95rem; margin: 1.1rem 0 .5rem; }
p { margin: 0 0 .75rem; max-width: 70ch; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, monospace; }
nav {
  position: sticky; top: 0; z-index: 3; display: flex; gap: 1.25rem;
  padding: .6rem max(1.25rem, calc(50vw - 36.75rem)); overflow-x: auto;
  background: var(--card); border-bottom: 1px solid var(--line);
}
nav a { color: var(--ink); text-decoration: none; font-size: .9rem;
  white-space: nowrap; padding: .25rem 0; }
nav a:hover { color: var(--link); text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.kicker { margin: 0 0 .25rem; color: var(--soft); font-size: .85rem;
  font-weight: 600; letter-spacing: .04em; }
.facts { list-style: none; margin: 0 0 1.5rem; padding: 0; display: flex;
  flex-wrap: wrap; gap: .25rem 1.5rem; color: var(--soft); }
section, .warnings {
  background: var(--card); border: 1px solid var(--line);
  border-radius: 12px; padding: 1.25rem; margin: 0 0 1.25rem;
}
.warnings { background: var(--warn); border-color: var(--warn-line);
  border-left-width: 6px; }
.warnings h2 { font-size: 1.05rem; margin-bottom: .4rem; }
.warnings ul { margin: 0; padding-left: 1.2rem; }
.note { color: var(--soft); font-size: .92rem; }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }

figure { margin: 0; min-width: 0; }
.legend { list-style: none; display: flex; flex-wrap: wrap;
  gap: .25rem 1.25rem; margin: 0 0 1rem; padding: 0; font-size: .9rem; }
.legend svg { margin-right: .5rem; }
.charts { display: grid; gap: 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.charts h3, .charts h4 { margin: 0 0 .4rem; font-size: .95rem; }
.charts small { font-weight: 400; color: var(--soft); font-size: .82rem; }
.charts figure { break-inside: avoid; }
.charts figcaption { margin-top: .25rem; color: var(--soft);
  font-size: .82rem; }
.charts ul { list-style: none; margin: 0; padding: 0; }
.chart { display: block; width: 100%; height: auto; max-width: 30rem; }
.curves { gap: 2rem 1.5rem; grid-template-columns: repeat(2, minmax(0, 1fr)); }
.curves > :last-child:nth-child(odd) { grid-column: 1 / -1; }
.curves .chart { max-width: none; }
.ink { fill: var(--soft); } .axis { stroke: var(--soft); }
.grid { stroke: var(--line); } .track { fill: var(--line); }
.on-narrow { display: none; }

@media (max-width: 47rem) {
  main { padding: 1rem .75rem 3rem; }
  section, .warnings { padding: 1rem; border-radius: 10px; }
  .curves { grid-template-columns: minmax(0, 1fr); }
  .on-wide { display: none; } .on-narrow { display: block; }
}
@media print {
  body { background: #fff; } nav { display: none; }
  main { max-width: none; padding: 0; }
  section, .warnings { border: 0; padding: 0; }
  .warnings { border-left: 6px solid var(--warn-line); padding-left: 1rem; }
  h2, h3, h4 { break-after: avoid; }
}
"""
)
