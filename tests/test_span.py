"""What a chart shows: ranges, zoom, scroll and cursor stay within what there is, whatever is pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.drawing.days import Days
from trainer.drawing.span import LEAST_DAYS, Range, Span

TODAY = date(2026, 10, 5)
LONG_AGO = date(2016, 10, 8)

Step = Callable[[Span], Span]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


steps = st.one_of(
    st.sampled_from(Range).map(lambda chosen: lambda span: span.ranged(chosen)),
    st.booleans().map(lambda nearer: lambda span: span.zoomed(nearer=nearer)),
    st.sampled_from([-1.0, -0.5, -0.001, 0.5, 1.0]).map(lambda share: lambda span: span.scrolled(share)),
    st.sampled_from([-9999999, -400, -30, -1, 1, 7, 9999999]).map(lambda days: lambda span: span.moved(days)),
    st.dates().map(lambda day: lambda span: span.at(day)),
)


@given(st.none() | st.dates(), st.dates() | st.just(TODAY), st.lists(steps, max_size=12))
@example(None, date.min, [])
def test_the_cursor_is_always_shown_and_nothing_after_today(
    first: date | None, today: date, pressed: list[Step]
) -> None:
    span = Span.of(first, today)
    assert span.cursor == today
    for step in pressed:
        before, span = span, step(span)
        assert span.start <= span.cursor <= span.end <= today
        assert 1 <= span.count <= max(before.count, span.all_days, 365)
        assert span.count >= min(LEAST_DAYS, today.toordinal())


@pytest.mark.parametrize(("chosen", "days"), [(Range.WEEKS, 28), (Range.MONTHS, 90), (Range.YEAR, 365)])
def test_a_range_shows_its_days_up_to_today(chosen: Range, days: int) -> None:
    span = Span.of(LONG_AGO, TODAY).ranged(chosen)
    assert (span.count, span.end, span.cursor) == (days, TODAY, TODAY)


def test_all_shows_everything_and_a_month_at_least() -> None:
    assert Span.of(LONG_AGO, TODAY, Range.ALL).start == LONG_AGO
    assert Span.of(ago(3), TODAY, Range.ALL).count == 28
    assert Span.of(None, TODAY, Range.ALL).count == 28


def test_a_range_stays_where_the_cursor_was_put() -> None:
    span = Span.of(LONG_AGO, TODAY).ranged(Range.ALL).at(ago(2000)).ranged(Range.WEEKS)
    assert span.cursor == ago(2000)
    assert (span.start, span.end) == (ago(2013), ago(1986))
    assert span.at(ago(1990)).ranged(Range.ALL).end == TODAY


def test_zooming_keeps_the_day_under_the_cursor_in_its_place() -> None:
    span = Span.of(LONG_AGO, TODAY, Range.YEAR).scrolled(-1).at(ago(364 + 91))
    near = span.zoomed(nearer=True)
    assert (span.count, near.count) == (365, 183)
    assert near.cursor == span.cursor
    assert abs((near.cursor - near.start).days / near.count - (span.cursor - span.start).days / span.count) < 0.01
    far = near.zoomed(nearer=False)
    assert far.count == 366
    for _ in range(20):
        near, far = near.zoomed(nearer=True), far.zoomed(nearer=False)
    assert near.count == LEAST_DAYS
    assert (far.start, far.end) == (LONG_AGO, TODAY)


@given(st.integers(28, 4000), st.data())
def test_zooming_leaves_the_cursor_on_its_day(days: int, data: st.DataObject) -> None:
    span = Span.of(TODAY - timedelta(days=days - 1), TODAY, Range.ALL)
    span = span.moved(-data.draw(st.integers(0, days - 1)))
    for nearer in data.draw(st.lists(st.booleans(), max_size=12)):
        zoomed = span.zoomed(nearer=nearer)
        assert zoomed.cursor == span.cursor
        span = zoomed


def test_the_view_follows_the_cursor() -> None:
    span = Span.of(LONG_AGO, TODAY, Range.WEEKS)
    assert span.moved(-27).start == span.start
    back = span.moved(-30)
    assert (back.cursor, back.start) == (ago(30), ago(30))
    assert back.moved(400) == span
    assert span.moved(-9999).cursor == LONG_AGO


def test_scrolling_goes_to_the_first_day_and_then_the_cursor_goes_on_alone() -> None:
    span = Span.of(ago(40), TODAY, Range.WEEKS).at(ago(10))
    back = span.scrolled(-0.5)
    assert (back.start, back.cursor) == (ago(40), ago(23))
    assert back.scrolled(-0.5).start == ago(40)
    assert back.scrolled(-0.5).cursor == ago(37)
    assert Span.of(ago(3), TODAY).scrolled(-1).end == TODAY


@given(st.integers(1, 9000), st.integers(1, 220), st.integers(-5, 230))
def test_the_day_of_a_column_lies_in_that_column(count: int, width: int, column: int) -> None:
    span = Span(ago(count - 1), TODAY, ago(count - 1), TODAY, TODAY)
    day = span.day_at(column, width)
    assert span.start <= day <= span.end
    if 0 <= column < width:
        days = Days(span.start, span.end, width)
        assert days.column(day, 0) <= column <= days.column(day, 0.9999)
