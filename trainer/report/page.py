"""The page for the appointment: values in, one self-contained HTML page out, to read on a screen or print on A4.

It holds no script and asks for nothing from anywhere. Everything a person wrote is text in it, never markup. It says
what the ratings are and no more than they carry (clinical notes, sections 2.6 and 3.4). The charts come in as SVG text.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from trainer.core.letters import printable
from trainer.core.rating import NO_PAIN, WORST_PAIN
from trainer.report.words import HOW_TO_READ, NOT_SAID, STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from trainer.core.weeks import Week

MOST_WEEKS = 53
"""Weeks in the table; the charts show all."""
MOST_ROWS = 12
"""Drills, and changes, that are listed; how many more there are is said. So a year stays within two pages."""
_SPLIT = 12
"""Weeks from which the table stands in two halves side by side."""


@dataclass(frozen=True, slots=True)
class KneePart:
    """What is said of one knee."""

    knee: str
    """Left or right."""
    chart: str
    """One ``<svg>`` element, put in as it is."""
    asked: str
    """What was rated, in words: "first stairs of the day"."""
    sentence: str
    """What the ratings carry."""
    compared: str
    """Before and since the first warm-up, with what chance does; empty where there is no such comparison."""
    weeks: tuple[Week, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class DrillRow:
    """A drill on one side that was marked as hurting."""

    name: str
    """Its name."""
    side: str
    """Left, right or both."""
    times: int
    """How often it came up."""
    hurt: int
    """How often it hurt."""
    last: date | None
    """When it hurt last."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What the person wrote beside a rating."""

    day: date
    """When."""
    what: str
    """Knee and moment."""
    score: int | None
    """The rating; None where it was not answered."""
    words: str
    """Their own words."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    first: date
    """The first day looked at."""
    last: date
    """The last one, the day it was made."""
    knees: tuple[KneePart, ...]
    """In the order in which they are shown."""
    warm_ups: tuple[str, ...]
    """Sentences: how many, how long, how regularly."""
    drills: tuple[DrillRow, ...]
    """Those that hurt, the most frequent first."""
    changes: tuple[tuple[str, str], ...]
    """When, and what changed, oldest first."""
    notes: tuple[NoteRow, ...] | None = None
    """Newest first; None where they are left out, which is the usual."""
    mark: str = ""
    """A word on top, such as that the data is made up."""


def page(report: Report) -> Iterator[str]:
    """Yield the page, piece by piece."""
    title = f"Knee ratings, {_day(report.first)} to {_day(report.last)}"
    mark = f'<p class="mark">{_safe(report.mark)}</p>' if report.mark else ""
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_safe(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<header>{mark}<h1>{_safe(title)}</h1>\n"
        "<p>Knee pain as one person rated it at home, in whole numbers from 0 to 10: "
        f"0 is {NO_PAIN}, 10 is the {WORST_PAIN}.</p></header>\n"
    )
    for part in report.knees:
        yield from _knee(part)
    yield from _weeks(report.knees)
    yield '<div class="columns">\n'
    yield from _section("Warm-ups", [f"<p>{' '.join(map(_safe, report.warm_ups))}</p>"])
    yield from _section("Drills that hurt", _drills(report.drills))
    yield from _section("What changed when", _changes(report.changes))
    yield from _section("How to read it", _list(HOW_TO_READ))
    yield from _section("What it does not say", _list(NOT_SAID))
    yield "</div>\n"
    if report.notes is not None:
        yield from _section("Notes", _notes(report.notes))
    yield "</main>\n</body>\n</html>\n"


def _knee(part: KneePart) -> Iterator[str]:
    compared = f"\n<p>{_safe(part.compared)}</p>" if part.compared else ""
    yield (
        f'<section class="knee">\n<h2>{_safe(part.knee.capitalize())} knee</h2>\n'
        f'<figure class="chart">\n{part.chart}\n</figure>\n'
        f"<p><strong>{_safe(part.asked.capitalize())}:</strong> {_safe(part.sentence)}</p>{compared}\n</section>\n"
    )


def _weeks(parts: Sequence[KneePart]) -> Iterator[str]:
    """One table of all knees; halves side by side where it is long."""
    starts = sorted({week.start for part in parts for week in part.weeks})
    shown = starts[-MOST_WEEKS:]
    body = []
    if shown:
        half = (len(shown) + 1) // 2 if len(shown) >= _SPLIT else len(shown)
        halves = [shown[:half], shown[half:]]
        body.append('<div class="halves">')
        body += [_week_table(parts, some) for some in halves if some]
        body.append("</div>")
        asked = tuple(dict.fromkeys(part.asked for part in parts))
        said = asked if len(asked) == 1 else tuple(f"{part.knee} knee: {part.asked}" for part in parts)
        body.append(f'<p class="small">{_safe("; ".join(said).capitalize())}. Weeks begin on Monday.</p>')
    else:
        body.append("<p>No week has a rating yet.</p>")
    if len(starts) > len(shown):
        body.append(f'<p class="small">{len(starts) - len(shown)} earlier weeks are in the chart alone.</p>')
    yield from _section("Week by week", body)


def _week_table(parts: Sequence[KneePart], starts: Sequence[date]) -> str:
    by_knee = [(part.knee, {week.start: week for week in part.weeks}) for part in parts]
    groups = "".join(f'<th scope="colgroup" colspan="4">{_safe(knee.capitalize())} knee</th>' for knee, _ in by_knee)
    names = "".join(f'<th scope="col">{name}</th>' for name in ("mean", "best", "worst", "n")) * len(by_knee)
    rows = []
    for start in starts:
        cells = "".join(_week_cells(weeks.get(start)) for _, weeks in by_knee)
        rows.append(f'<tr><th scope="row">{_day(start)}</th>{cells}</tr>')
    caption = f"Weeks of {_day(starts[0])} to {_day(starts[-1])}" if len(starts) > 1 else f"Week of {_day(starts[0])}"
    head = f'<tr><th scope="col" rowspan="2">Week of</th>{groups}</tr><tr>{names}</tr>'
    return (
        f'<table class="weeks"><caption>{caption}</caption><thead>{head}</thead>'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table>"
    )


def _week_cells(week: Week | None) -> str:
    if week is None or week.mean is None or week.best is None or week.worst is None:
        rated = "" if week is None else f"0/{week.days}"
        return f'<td></td><td></td><td></td><td class="few">{rated}</td>'
    numbers = (f"{week.mean:.1f}", f"{week.best:g}", f"{week.worst:g}", f"{week.n}/{week.days}")
    return "".join(f"<td>{number}</td>" for number in numbers)


def _drills(rows: Sequence[DrillRow]) -> list[str]:
    if not rows:
        return ["<p>No drill was marked as hurting.</p>"]
    lines = [
        f'<tr><th scope="row">{_safe(row.name)}</th><td>{_safe(row.side)}</td><td>{row.hurt} of {row.times}</td>'
        f"<td>{'' if row.last is None else _day(row.last)}</td></tr>"
        for row in rows[:MOST_ROWS]
    ]
    return [
        _table("drills", ("Drill", "Side", "Times it hurt", "Last"), lines),
        *_more(len(rows), "drills hurt less often"),
    ]


def _changes(changes: Sequence[tuple[str, str]]) -> list[str]:
    if not changes:
        return ["<p>Nothing was noted.</p>"]
    lines = [
        f'<tr><th scope="row">{_safe(when)}</th><td>{_safe(what)}</td></tr>' for when, what in changes[-MOST_ROWS:]
    ]
    return [_table("changes", ("When", "What"), lines), *_more(len(changes), "changes lie further back")]


def _notes(notes: Sequence[NoteRow]) -> list[str]:
    if not notes:
        return ["<p>There are none.</p>"]
    lines = [
        f'<tr><th scope="row">{_day(note.day)}</th><td>{_safe(note.what)}</td>'
        f"<td>{'not answered' if note.score is None else note.score}</td><td>{_safe(note.words)}</td></tr>"
        for note in notes
    ]
    return [_table("notes", ("Day", "Rated", "Score", "In their own words"), lines)]


def _section(name: str, body: Iterable[str]) -> Iterator[str]:
    yield f"<section>\n<h2>{_safe(name)}</h2>\n{chr(10).join(body)}\n</section>\n"


def _table(kind: str, names: Iterable[str], lines: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>\n{chr(10).join(lines)}\n</tbody></table>'


def _list(lines: Iterable[str]) -> list[str]:
    return ["<ul>", *(f"<li>{_safe(line)}</li>" for line in lines), "</ul>"]


def _more(count: int, what: str) -> list[str]:
    return [f'<p class="small">{count - MOST_ROWS} more {what}.</p>'] if count > MOST_ROWS else []


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _safe(text: str) -> str:
    """Text that is text wherever it stands: no markup, no control characters, nothing that turns the line round."""
    return escape(printable(text))
