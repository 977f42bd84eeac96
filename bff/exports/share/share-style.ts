/** The style of a shared page, in the colours of Tally. It loads no font. */
export const SHARE_STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(oklch(0.985 0.003 85), oklch(0.19 0.004 85));
  --sunken: light-dark(oklch(0.962 0.004 85), oklch(0.16 0.004 85));
  --line: light-dark(oklch(0.905 0.005 85), oklch(0.31 0.006 85));
  --ink: light-dark(oklch(0.24 0.008 85), oklch(0.925 0.005 85));
  --muted: light-dark(oklch(0.48 0.01 85), oklch(0.7 0.008 85));
  --bubble: light-dark(oklch(0.945 0.006 85), oklch(0.27 0.006 85));
  --accent: light-dark(oklch(0.46 0.095 165), oklch(0.76 0.11 165));
}
* { box-sizing: border-box; }
body {
  max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem;
  background: var(--canvas); color: var(--ink);
  font: 1rem/1.7 ui-sans-serif, system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0 0 2.5rem; font-size: 1.75rem; line-height: 1.25; letter-spacing: -0.015em; text-wrap: balance; }
h2 { margin: 0 0 0.25rem; font-size: 0.875rem; line-height: 1.5; }
h2 span, summary span { color: var(--muted); font-weight: 400; }
h3, h4, h5, h6 { margin: 1.5rem 0 0.5rem; font-size: 1.0625rem; line-height: 1.4; }
article, .receipt { margin: 0 0 2rem; }
.user { margin-left: 12%; padding: 0.75rem 1.125rem; border-radius: 1rem 1rem 0.375rem 1rem; background: var(--bubble); break-inside: avoid; }
.text > :first-child { margin-top: 0; }
.text > :last-child { margin-bottom: 0; }
p, ul, ol, pre, blockquote, .wide, details, figure { margin: 0 0 1rem; }
ul, ol { padding-left: 1.5rem; }
li > ul, li > ol { margin: 0; }
blockquote { margin-inline: 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--muted); }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
hr { margin: 2rem 0; border: 0; border-top: 1px solid var(--line); }
code, pre { font: 0.875rem/1.6 ui-monospace, monospace; }
:not(pre) > code { padding: 0.1em 0.3em; border-radius: 0.3rem; background: var(--sunken); }
pre { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.625rem; background: var(--sunken); overflow-x: auto; overflow-wrap: normal; }
.plain { white-space: pre-wrap; overflow-wrap: anywhere; }
pre.plain { font: inherit; }
.user p:last-child { margin: 0; }
.wide { overflow-x: auto; overflow-wrap: normal; }
.formula { display: block; margin: 0 0 1rem; text-align: center; }
math { font-size: 1.1em; }
table { border-collapse: collapse; font-size: 0.9375rem; line-height: 1.5; }
th, td { padding: 0.375rem 0.875rem 0.375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
.receipt table { width: 100%; font-variant-numeric: tabular-nums; }
.receipt :is(th, td):nth-child(n + 2):nth-child(-n + 4) { text-align: right; }
.receipt tbody th { font-weight: 400; }
tfoot :is(th, td) { border-bottom: 0; font-weight: 600; }
details { border: 1px solid var(--line); border-radius: 0.625rem; padding: 0 0.875rem; font-size: 0.9375rem; }
summary { padding: 0.5rem 0; cursor: pointer; }
summary b { font-weight: 600; }
.label { margin: 0 0 0.25rem; color: var(--muted); font-size: 0.8125rem; }
.notice, .cost, .file, figcaption, footer { color: var(--muted); font-size: 0.875rem; }
.cost { font-variant-numeric: tabular-nums; }
.handoff { display: flex; align-items: center; gap: 0.75rem; color: var(--muted); font-size: 0.875rem; }
.handoff::before, .handoff::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
figure { margin-inline: 0; }
img { display: block; max-width: 100%; height: auto; border-radius: 0.625rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media (width < 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { margin-bottom: 1.75rem; font-size: 1.5rem; }
  .user { margin-left: 0; }
  .receipt table { font-size: 0.8125rem; }
  .receipt :is(th, td) { padding-right: 0.5rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  details::details-content { content-visibility: visible; block-size: auto; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .wide { overflow: visible; }
  h2, summary { break-after: avoid; }
  .text a[href^='http']::after { content: ' (' attr(href) ')'; color: var(--muted); }
}
`
