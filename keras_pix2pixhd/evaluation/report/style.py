"""What the page of an evaluation adds to the style of pages."""

from keras_pix2pixhd.charts.page_style import PAGE_STYLE

STYLE = (
    PAGE_STYLE
    + """
.wide { overflow-x: auto; margin: 0 0 .9rem; position: relative;
  --under: var(--card);
  background: /* a shadow where more follows, which the end covers */
    linear-gradient(to left, var(--under) 70%, transparent)
      right / 1.5rem 100% no-repeat local,
    linear-gradient(to left, var(--shadow), transparent)
      right / 1rem 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: .95rem;
  font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem; text-align: right; vertical-align: top;
  border-bottom: 1px solid var(--line); overflow-wrap: normal; }
tbody tr:last-child > * { border-bottom: 0; }
th:first-child { text-align: left; position: sticky; left: 0; z-index: 1;
  background: var(--under); padding-left: 0;
  box-shadow: 1px 0 0 var(--line);
  min-width: 9rem; max-width: 24rem; }
thead th { font-size: .82rem; color: var(--soft); font-weight: 600;
  vertical-align: bottom; min-width: 6.6rem; max-width: 14rem; }
thead bdi { overflow-wrap: anywhere; }
th[scope="colgroup"] { text-align: center; border-left: 1px solid var(--line);
  border-bottom: 1px solid var(--line); }
th[scope="colgroup"]:first-child { border: 0; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
tbody th small, tbody th code { display: block; color: var(--soft);
  font-weight: 400; font-size: .78rem; line-height: 1.4; }
a.name { color: inherit; text-decoration: underline dotted var(--soft);
  text-underline-offset: .2em; }
a.name:hover { color: var(--link); }
.readings div:target { background: var(--warn); }
.unit { color: var(--soft); font-weight: 400; }
.arrow { color: var(--soft); }
td small { display: block; font-size: .75rem; line-height: 1.2; }
.all th:first-child { min-width: 15rem; }
td.best { background: var(--best); color: var(--best-ink); font-weight: 700; }
.mark { display: block; font-size: .72rem; font-weight: 600; line-height: 1; }
td.scale { color: var(--soft); }
td .bar { display: block; width: 100%; min-width: 4rem; margin-top: .25rem; }
.swatch { margin-right: .5rem; }

details { border-top: 1px solid var(--line); padding-top: .6rem;
  margin-top: .6rem; }
summary { cursor: pointer; font-weight: 600; padding: .25rem 0; }
.readings { columns: 26rem; column-gap: 2.5rem; margin: .5rem 0 0; }
.readings div { break-inside: avoid; padding-bottom: .8rem; }
.readings dt { font-weight: 600; }
.readings dd { margin: 0; color: var(--soft); max-width: 75ch; }

.cards { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 32rem), 1fr)); }
.cards.whole { grid-template-columns: minmax(0, 1fr); }
.cards figure { background: var(--head); border-radius: 10px;
  padding: .75rem; break-inside: avoid; }
.images { display: grid; gap: .5rem; align-items: start;
  grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); }
.of-3 { --columns: 3; } .of-4 { --columns: 4; }
.of-5 { --columns: 5; } .of-6 { --columns: 6; }
.zoom { display: block; width: 100%; padding: 0; border: 0; cursor: zoom-in;
  background: none; border-radius: 6px; }
.zoom img { display: block; width: 100%; height: auto; max-height: 360px;
  object-fit: contain; border-radius: 6px; }
.pixels { image-rendering: pixelated; }
.caption { display: block; font-size: .8rem; color: var(--soft);
  line-height: 1.3; margin-top: .25rem; }
figcaption { margin-top: .5rem; font-size: .88rem; }
.file { font-weight: 600; }
.values { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: .2rem 0 0; }
.values div { display: flex; gap: .35rem; }
.values dt { color: var(--soft); }
.values dd { margin: 0; font-variant-numeric: tabular-nums; }
figure .wide { margin: .5rem 0 0; --under: var(--head); }
figure table { font-size: .85rem; width: auto; }
figure table th, figure table td { padding: .2rem .75rem; }
figure table th:first-child { padding-left: 0; }
figure table thead th { min-width: 0; white-space: nowrap; }

.tree { margin: 0; font-size: .9rem; }
.tree > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr);
  gap: .25rem 1rem; padding: .3rem 0; border-top: 1px solid var(--line); }
.tree .tree > div { grid-template-columns: 9rem minmax(0, 1fr); }
.tree .tree > div:first-child { border-top: 0; padding-top: 0; }
.tree dt { color: var(--soft); } .tree dd { margin: 0; }
pre { overflow: auto; max-height: 30rem; background: var(--head);
  border-radius: 8px; padding: 1rem; font-size: .8rem; line-height: 1.45;
  overflow-wrap: normal; }
.copy, .viewer button { font: inherit; color: var(--ink);
  background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; padding: .4rem .9rem; cursor: pointer; }
.viewer { border: 0; padding: 0; background: var(--card); color: var(--ink);
  border-radius: 12px; width: 96vw; max-width: 96vw; max-height: 96vh;
  overflow: hidden; }
.viewer::backdrop { background: rgb(0 0 0 / .8); }
.viewer img { display: block; width: 100%;
  height: min(calc(94vh - 5rem), 100vw);
  object-fit: contain; cursor: pointer; background: #000; }
.viewer div { display: flex; align-items: center; gap: .5rem;
  padding: .6rem .75rem; min-height: 4rem; }
.viewer p { flex: 1; margin: 0; max-width: none; font-size: .88rem;
  text-align: center; }
.viewer button { font-size: 1.3rem; line-height: 1; min-width: 2.75rem;
  min-height: 2.75rem; }

@media (max-width: 47rem) {
  .of-4 { --columns: 2; } .of-5, .of-6 { --columns: 3; }
  th, td { padding: .45rem .4rem; }
  th:first-child, .all th:first-child { min-width: 7rem;
    max-width: 11rem; }
  thead th { min-width: 4.5rem; max-width: 9rem; }
  .tree > div, .tree .tree > div { grid-template-columns: minmax(0, 1fr);
    gap: 0; }
  .tree .tree { padding-left: .75rem; }
}
@media print {
  .copy { display: none; }
  .wide { background: none; }
  .wide, pre { overflow: visible; } pre { max-height: none; white-space:
    pre-wrap; } th:first-child { position: static; }
  tr { break-inside: avoid; }
}
"""
)
