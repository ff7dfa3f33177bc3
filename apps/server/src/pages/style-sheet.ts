/** The one style sheet of the pages: light and dark are equals, and a printed page is a plain document. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --paper: #fbfbfa; --raised: #ffffff; --ink: #1b1f23; --soft: #5c6670; --line: #e2e4e6;
  --accent: #14606e; --good: #2f7d4f; --warn: #9a6200; --bad: #b3312c; --code: #f2f3f3;
  --text: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #101416; --raised: #171c1f; --ink: #e4e7e9; --soft: #98a3ab; --line: #2a3136;
    --accent: #6cc5d4; --good: #71c08e; --warn: #dba94e; --bad: #ee8a84; --code: #1c2327;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 4rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 var(--text); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.wrap { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
.docs .wrap { max-width: 76rem; }

.bar { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); }
.bar .wrap { display: flex; align-items: center; justify-content: space-between; min-height: 3.25rem; }
.brand { display: flex; align-items: center; gap: .6rem; color: var(--ink); font-weight: 650; text-decoration: none; letter-spacing: -.01em; }
.mark { width: 1.05rem; height: 1.05rem; border-radius: 3px; border: 2px solid var(--accent);
  background: linear-gradient(to top, var(--accent) 45%, transparent 45%); }
nav a { color: var(--soft); text-decoration: none; margin-left: 1.4rem; padding: .3rem 0; }
nav a:hover, nav a[aria-current] { color: var(--ink); }
nav a[aria-current] { box-shadow: 0 2px 0 var(--accent); }

h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; margin: 2.75rem 0 .6rem; font-weight: 650; }
h2 { font-size: 1.1rem; letter-spacing: -.01em; margin: 2.75rem 0 .6rem; font-weight: 650; }
h3 { font-size: 1rem; margin: 0; font-weight: 600; }
h4 { font-size: .8rem; margin: 1.2rem 0 .4rem; font-weight: 600; color: var(--soft); }
p { margin: .5rem 0; max-width: 68ch; }
.lead { color: var(--soft); font-size: 1.05rem; margin-bottom: 1.75rem; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); margin: 0; border: 1px solid var(--line);
  border-radius: 8px; background: var(--raised); overflow: hidden; }
.figure { padding: 1rem 1.15rem; margin: 0 -1px -1px 0; border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.figure dt { color: var(--soft); font-size: .82rem; }
.figure dd { margin: 0; }
.figure strong { display: block; font-size: 1.35rem; line-height: 1.4; font-weight: 600; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.figure span { color: var(--soft); font-size: .82rem; }
.figure.good strong::before, .figure.warn strong::before, .figure.bad strong::before { content: ""; display: inline-block; width: .55rem;
  height: .55rem; margin-right: .5rem; border-radius: 50%; background: var(--good); vertical-align: .1em; }
.figure.warn strong::before { background: var(--warn); border-radius: 1px; transform: rotate(45deg); }
.figure.bad strong::before { background: var(--bad); border-radius: 1px; }

pre { margin: .8rem 0; padding: 1rem 1.15rem; overflow-x: auto; background: var(--code); border: 1px solid var(--line); border-radius: 8px; }
code { font: .86em/1.6 var(--mono); font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 500; font-size: .82rem; }
tbody th { font-weight: 400; }
td.number + td, th.number + th { padding-left: 1.6rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.links { list-style: none; margin: 0; padding: 0; }
.links li { display: grid; grid-template-columns: 14rem 1fr; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.links span { color: var(--soft); }
footer { margin: 3.5rem 0 3rem; color: var(--soft); font-size: .85rem; }

.reference { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 3rem; align-items: start; }
.contents { position: sticky; top: 3.25rem; max-height: calc(100vh - 3.25rem); overflow-y: auto; padding: 1.2rem 0 2rem; font-size: .87rem; }
.contents p { color: var(--soft); font-size: .8rem; margin: 1.3rem 0 .3rem; }
.contents p:first-child { margin-top: 0; }
.contents a { display: block; padding: .14rem 0; color: var(--ink); text-decoration: none; }
.contents a:hover { color: var(--accent); }
.reference h2:first-child { margin-top: 1rem; }
.operation { padding: 1.6rem 0; border-top: 1px solid var(--line); }
.address { margin: .3rem 0 .6rem; overflow-wrap: anywhere; }
.method { font: 600 .75rem/1 var(--mono); margin-right: .6rem; color: var(--accent); }
.access { color: var(--soft); font-size: .85rem; }
.operation td:first-child code, .operation th code { white-space: nowrap; }
.operation td { overflow-wrap: anywhere; }
.type { color: var(--soft); }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--soft); font-size: .87rem; }
summary:hover { color: var(--ink); }

@media (max-width: 52rem) {
  .wrap { padding: 0 1.1rem; }
  h1 { font-size: 1.45rem; margin-top: 1.9rem; }
  .figures { grid-template-columns: repeat(2, 1fr); }
  .figure:last-child:nth-child(odd) { grid-column: 1 / -1; }
  .figure strong { font-size: 1.15rem; }
  .wide { display: none; }
  .links li { grid-template-columns: 1fr; gap: 0; }
  .reference { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .contents { position: static; max-height: none; padding: 0; columns: 2; }
  .contents p { break-after: avoid; }
  pre { font-size: .9em; padding: .85rem .95rem; }
}
@media print {
  .bar, .contents { display: none; }
  .reference { display: block; }
  pre, .figures { border-color: #999; background: none; }
}
`
