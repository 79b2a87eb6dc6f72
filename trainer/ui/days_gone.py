"""What the diary says of days gone by, as progress shows it: only what is shown is read, and no answer twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from trainer.core.day import day_of
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment
from trainer.core.regularity import Mark, calendar
from trainer.core.side import Affected, Side
from trainer.core.trend import trend
from trainer.core.weeks import DAYS, monday_of, weeks
from trainer.drawing.calendar import Page, calendar_frame
from trainer.drawing.chart import Point, chart, is_dense, plot_width
from trainer.drawing.days import day_words
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import Glyphs
from trainer.drawing.series import WINDOW, Extras, extras_of, median_line
from trainer.drawing.span import Range, Span
from trainer.drawing.weekly import rows_of, weekly_frame
from trainer.past import days_before, judge_knee, points_of, regularity_words
from trainer.store import Diary
from trainer.store.charting import each_given, first_day, first_warm_up, judged_moment, warm_up_days
from trainer.store.happenings import list_events, list_freezes

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ORDER = ("morning", "before", "after", "evening", "now")


class DaysGone:
    """Questions to the diary at one moment; an answer once given stays the same."""

    def __init__(self, diary: Diary, affected: Affected | None, now: datetime, glyphs: Glyphs) -> None:
        self._diary = diary
        self._glyphs = glyphs
        self.today = day_of(now)
        self.first = diary.read(first_day, None)
        self.affected: tuple[Side, ...] = affected.knees if affected is not None else (Side.LEFT, Side.RIGHT)
        self._points: dict[tuple[date, date, int, Side | None], tuple[Point, ...]] = {}
        self._beside: dict[tuple[date, date], Extras] = {}
        self._said: dict[tuple[int | None, Side], str] = {}
        self._happened: tuple[tuple[Event, ...], tuple[Freeze, ...]] | None = None

    def chart(self, span: Span, knee: Side | None, width: int, height: int) -> Frame:
        """Draw the ratings of a span; of both knees where none is named."""
        beside = self._extras(span.start, span.end)
        return chart(
            self._points_of(span, knee, width),
            width,
            height,
            start=span.start,
            end=span.end,
            glyphs=self._glyphs,
            extras=Extras(beside.changes, beside.warm_ups, beside.frozen, span.cursor),
        )

    def calendar(self, page: Page, cursor: date) -> Frame:
        """Draw a page of days, with the one that is read out."""
        return calendar_frame(self._marks(page), page, cursor=cursor, glyphs=self._glyphs)

    def page(self, last: date, width: int, height: int) -> Page:
        """Which days a calendar shows: the year up to ``last``, and earlier ones where there is anything to show."""
        return Page(width, height, last, self.first or last)

    def weekly(self, cursor: date, knee: Side, width: int, height: int) -> Frame:
        """Draw the weeks of one knee around the one that is read out, the newest first."""
        first, last = rows_of(height, cursor, self.first or self.today, self.today)
        end = min(last + timedelta(days=DAYS - 1), self.today)
        moment = self._diary.read(lambda store: judged_moment(store, first, end, knee), Moment.MORNING)
        given = self._diary.read(lambda store: each_given(store, first, end, knee, moment), ())
        begun = None if self.first is None else max(first, self.first)
        table = weeks([(one.day, one.score) for one in given], today=end, since=begun)
        return weekly_frame(table[::-1], width, height, glyphs=self._glyphs, cursor=monday_of(cursor))

    def sentence(self, chosen: Range, knee: Side) -> str:
        """What the ratings of a range up to today carry, and no more."""
        days = chosen.days or ((self.today - self.first).days + 1 if self.first is not None else 1)
        if (days, knee) not in self._said:
            first = days_before(self.today, days - 1)
            unread = trend((), knee=knee.value, series=Moment.AFTER.value, today=self.today)
            said = self._diary.read(lambda store: judge_knee(store, knee, first, self.today), unread)
            self._said[days, knee] = said.sentence
        return self._said[days, knee]

    def regularity(self) -> str:
        """How regularly there was a warm-up, lately."""
        return self._diary.read(lambda store: regularity_words(store, self.today), "")

    def read_out(self, day: date, knee: Side | None) -> str:
        """What was rated and what happened on one day."""
        start = days_before(day, WINDOW - 1)
        points = self._given_in(start, day, knee)
        words: list[str] = []
        for side in (Side.LEFT, Side.RIGHT) if knee is None else (knee,):
            mine = sorted(
                (p for p in points if p.knee == side.value and p.day == day),
                key=lambda p: (_ORDER.index(p.moment) if p.moment in _ORDER else len(_ORDER), p.time),
            )
            said = [f"{point.moment} {point.value:g}" for point in mine]
            line = median_line(p for p in points if p.knee == side.value and p.moment == "morning")
            if line and line[-1][-1].day == day.toordinal():
                said.append(f"7-day median {line[-1][-1].value:g}")
            if said:
                words.append(f"{side.value}: {', '.join(said)}" if knee is None else ", ".join(said))
        beside = self._extras(day, day)
        words = words or ["not rated"]
        words += ["warm-up"] if beside.warm_ups else []
        words += ["days off"] if beside.frozen else []
        words += [change.words for change in beside.changes]
        return f"{_WEEKDAYS[day.weekday()]} {day_words(day)} {day.year}: {' · '.join(words)}"

    def _points_of(self, span: Span, knee: Side | None, width: int) -> tuple[Point, ...]:
        start, end = span.start, span.end
        key = (start, end, plot_width(width) if is_dense(span.count, width) else 0, knee)
        if key not in self._points:
            self._points[key] = self._diary.read(lambda store: points_of(store, start, end, knee, width), ())
        return self._points[key]

    def _given_in(self, start: date, end: date, knee: Side | None) -> tuple[Point, ...]:
        given = self._diary.read(lambda store: each_given(store, start, end, knee), ())
        return tuple(Point(*one) for one in given)

    def _extras(self, start: date, end: date) -> Extras:
        if (start, end) not in self._beside:
            done = self._diary.read(lambda store: warm_up_days(store, start, end), frozenset())
            events, freezes = self._happenings()
            self._beside[start, end] = extras_of(start, end, warm_ups=done, events=events, freezes=freezes)
        return self._beside[start, end]

    def _marks(self, page: Page) -> Mapping[date, Mark]:
        done = set(self._diary.read(lambda store: warm_up_days(store, page.first, page.last), frozenset()))
        begun = self._diary.read(first_warm_up, None)
        if begun is not None and begun < page.first:
            done.add(begun)
        days = page.years * page.weeks * DAYS
        return dict(calendar(done, today=page.last, freezes=self._happenings()[1], days=days))

    def _happenings(self) -> tuple[tuple[Event, ...], tuple[Freeze, ...]]:
        if self._happened is None:
            self._happened = (self._diary.read(list_events, ()), self._diary.read(list_freezes, ()))
        return self._happened
