"""What stands on every page for an appointment: how to read it, what it does not say, and how it looks.

The bands are those of the clinical notes, section 1.3; what must not be claimed is in section 3.4.
"""

from __future__ import annotations


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))


HOW_TO_READ = _lines("""
A morning is the worst pain on the first stairs of that day. Before and after are how the knee was right before and
right after a warm-up.

The line is the median of the last 7 days; with many days on the chart, of each week. Gaps are days without a
rating. A question that was not answered counts as no rating, never as 0.

Best and worst are the lowest and highest day of a week. n is how many of its days were rated. Several ratings of
one day count as their median. A day begins at four in the morning.

Ratings wander by a point or more on their own. Less than 1 point between two weekly means is about the same; 1 to
1.9 also happens by chance; 2 or more, and at least 30%, is what people usually call much better or much worse.

Around the dashed line at 3, many people call pain acceptable. It is no goal.

A drill hurt where the person said so while doing it.
""")
NOT_SAID = _lines("""
It is no examination and no diagnosis, and scores are not for comparing people.

It cannot show what caused a change. People start when it hurts most, and then it often eases by itself; days were
not chosen at random, and the person knew what they did.

No clear trend is not proof of no change.

Days without a rating may have been good or bad ones.

The warm-up was put together from published sources. It has been tested in no trial and reviewed by no clinician.
""")
STYLE = """
:root { --paper: #fff; --ink: #1a2028; --soft: #56606c; --rule: #c9d0d8; --mark: #8a4b00; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #14181d; --ink: #e6e9ed; --soft: #a5afba; --rule: #3b444e; --mark: #ffb45c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5em; line-height: 1.2; margin: 0 0 .3em; }
h2 { font-size: 1.12em; margin: 1.4em 0 .4em; }
p, ul { margin: .3em 0; }
ul { padding-left: 1.1em; }
li { margin: .25em 0; }
.mark { color: var(--mark); font-weight: bold; letter-spacing: .03em; }
.small, .few, caption { color: var(--soft); font-size: .88em; }
.chart { margin: .3em 0; padding: .5em; background: #fff; border-radius: 6px; overflow-x: auto; }
.chart svg { display: block; width: 100%; min-width: 30rem; height: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .2em; }
th, td { border-bottom: 1px solid var(--rule); padding: .18em .5em .18em 0; text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: normal; }
td { overflow-wrap: anywhere; }
.weeks td, .weeks thead tr + tr th { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.weeks { font-size: .88em; }
.weeks tbody th { white-space: nowrap; }
.halves > :only-child { width: auto; min-width: 60%; }
.weeks td:nth-child(4n + 2), .weeks thead tr + tr th:nth-child(4n + 1),
.weeks thead th[colspan] { padding-left: 1.2em; }
.weeks :is(td, th):last-child { padding-right: 0; }
.weeks thead th[colspan] { text-align: right; }
.drills td, .changes tbody th, .notes tbody th, .notes td:nth-child(-n + 3) { white-space: nowrap; }
.halves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 0 2rem;
  align-items: start; }
.columns { columns: 22rem 2; column-gap: 2rem; }
.columns table, li { break-inside: avoid; }
table + .small { break-before: avoid; }
.columns section > :first-child { margin-top: 0; padding-top: 1.2em; break-after: avoid; }
@page { size: A4; margin: 11mm 13mm; }
@media print {
  body { font-size: 8.6pt; line-height: 1.27; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 14pt; }
  h2 { font-size: 10.5pt; margin: 2.1mm 0 .6mm; break-after: avoid; }
  li { margin: .08em 0; }
  .chart { padding: 0; margin: 0; }
  .chart svg { min-width: 0; }
  .knee, .halves, tr { break-inside: avoid; }
  .halves { grid-template-columns: 1fr 1fr; gap: 0 8mm; }
  .halves:has(> :only-child) { grid-template-columns: 1fr; }
  .columns { columns: 2; column-gap: 8mm; }
  .columns section > :first-child { padding-top: 2.1mm; }
  th, td { padding-top: .25mm; padding-bottom: .25mm; }
  .weeks { font-size: 7.8pt; line-height: 1.2; }
}
"""
