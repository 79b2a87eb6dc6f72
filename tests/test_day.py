"""The person's day: rollover at four, by the clock that was seen; through daylight saving, journeys and set clocks."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app import SHIPPED, TidyDiary
from tests.diaries import make_rating, make_record
from tests.verbs import run
from trainer.core.day import DAY_STARTS, before_day, day_of, share_of_day
from trainer.core.rating import Moment
from trainer.core.record import Status
from trainer.core.when import ago
from trainer.library import read_library
from trainer.paths import find_folders
from trainer.settings import Settings
from trainer.store import Store
from trainer.ui.facts import home_facts, recall
from trainer.verbs import trend

BERLIN = ZoneInfo("Europe/Berlin")
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def as_kept(at: datetime) -> datetime:
    """A time as the diary keeps it: with the offset alone."""
    return datetime.fromisoformat(at.isoformat())


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("2026-10-02T00:00+02:00", 1),
        ("2026-10-02T03:59:59.999999+02:00", 1),
        ("2026-10-02T04:00+02:00", 2),
        ("2026-10-02T23:59+02:00", 2),
        ("2026-10-03T03:30-11:00", 2),
    ],
)
def test_the_night_belongs_to_the_evening_before(clock: str, day: int) -> None:
    assert day_of(datetime.fromisoformat(clock)) == date(2026, 10, day)


def test_in_the_spring_night_an_hour_is_missing_and_no_day() -> None:
    seen = [day_of(as_kept(datetime(2026, 3, 29, hour, 30, tzinfo=BERLIN))) for hour in (1, 3, 4)]
    assert seen == [date(2026, 3, 28), date(2026, 3, 28), date(2026, 3, 29)]


def test_in_the_autumn_night_an_hour_comes_twice_and_both_are_the_day_before() -> None:
    twice = [as_kept(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold)) for fold in (0, 1)]
    assert twice[1] - twice[0] == timedelta(hours=1)
    assert {day_of(at) for at in twice} == {date(2026, 10, 24)}


def test_a_journey_moves_no_earlier_rating() -> None:
    at = datetime.fromisoformat("2026-10-02T08:00+13:00")
    assert day_of(at) == date(2026, 10, 2)
    assert day_of(at.astimezone(ZoneInfo("America/Los_Angeles"))) == date(2026, 10, 1)


@given(INSTANTS, OFFSETS)
def test_the_clock_seen_decides_whatever_zone_it_is_kept_in(at: datetime, zone: timezone) -> None:
    seen = at.astimezone(zone)
    assert day_of(as_kept(seen)) == day_of(seen.replace(tzinfo=None)) == (seen - timedelta(hours=DAY_STARTS)).date()


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)), OFFSETS)
def test_on_one_clock_days_never_go_back(at: datetime, later: timedelta, zone: timezone) -> None:
    first, second = at.astimezone(zone), (at + later).astimezone(zone)
    assert day_of(first) <= day_of(second) <= day_of(first) + later + timedelta(days=1)


@given(INSTANTS, OFFSETS)
def test_the_share_of_the_day_grows_from_four_to_four(at: datetime, zone: timezone) -> None:
    seen = at.astimezone(zone)
    start = datetime.combine(day_of(seen), datetime.min.time(), zone) + timedelta(hours=DAY_STARTS)
    assert 0 <= share_of_day(seen) < 1
    assert share_of_day(seen) * 1440 == pytest.approx((seen - start) // timedelta(minutes=1))


@given(INSTANTS, OFFSETS, OFFSETS)
def test_no_clock_shows_a_day_before_it_can_have_begun(at: datetime, zone: timezone, home: timezone) -> None:
    seen = at.astimezone(zone)
    assert before_day(day_of(seen), at.astimezone(home)) <= seen


def test_the_last_clock_on_earth_is_a_day_and_two_hours_behind_the_first() -> None:
    first, last = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    at = datetime(2026, 10, 2, DAY_STARTS, tzinfo=first)
    assert before_day(date(2026, 10, 2), at.astimezone(last)) == at


def test_the_first_days_of_the_calendar_break_nothing() -> None:
    first = datetime(1, 1, 1, 0, 30, tzinfo=UTC)
    assert day_of(first) == date(1, 1, 1)
    assert before_day(date.min, first).year == 1


NIGHT = datetime.fromisoformat("2026-10-03T00:40:00+02:00")
EVENING = NIGHT - timedelta(hours=2)


def test_after_midnight_the_evening_is_still_today() -> None:
    assert (ago(EVENING, NIGHT), ago(NIGHT, NIGHT + timedelta(hours=4))) == ("today", "yesterday")


def test_home_counts_the_warm_ups_of_the_last_28_days_of_the_person(tmp_path: Path) -> None:
    now = NIGHT + timedelta(days=27)
    with Store.open(tmp_path / "trainer.db") as store:
        for place, at in enumerate((NIGHT, EVENING, NIGHT - timedelta(days=1))):
            store.begin(make_record(f"s{place}", at=at, status=Status.FINISHED))
        for place in range(6):
            store.rate(make_rating(f"r{place}", 2, at=NIGHT + timedelta(days=place), moment=Moment.MORNING))
        store.rate(make_rating("r9", 9, at=NIGHT - timedelta(days=1), moment=Moment.MORNING))
    library = read_library(SHIPPED.shipped_routines)
    diary = TidyDiary(lambda: Store.open(tmp_path / "trainer.db"))
    past = recall(diary, now)
    assert past.sessions == 2
    assert home_facts(library, past, Settings(), now, "quadrant").weeks == "2 warm-ups", "six days have no mean"
    diary.rate(make_rating("r6", 2, at=NIGHT + timedelta(days=6), moment=Moment.MORNING))
    words = home_facts(library, recall(diary, now), Settings(), now, "quadrant").weeks
    assert words == "2 warm-ups, mornings 2.0 on average"


def test_the_trend_takes_a_night_for_the_day_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})
    today = day_of(datetime.now().astimezone())
    with Store.open(folders.database) as store:
        for place, clock in enumerate(("T20:00", "T04:00", "T03:00")):
            at = datetime.fromisoformat(f"{today - timedelta(days=2)}{clock}").astimezone()
            store.rate(make_rating(f"r{place}", place, at=at, moment=Moment.AFTER))
    run(trend, folders, "--json", "--days", "3")
    assert json.loads(capsys.readouterr().out)["n"] == 1
    run(trend, folders, "--json", "--days", "4")
    assert json.loads(capsys.readouterr().out)["n"] == 2
