from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.diaries import make_record
from trainer.core.record import Status
from trainer.past import regularity_words
from trainer.store import Store

TODAY = date(2026, 10, 24)


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        ((), "No warm-up yet."),
        ((2, 1), "The first week: too early for a figure."),
        ((1100,), "Lately about no day a week."),
        ((1100, 3, 2, 1), "Lately about 1 day a week."),
    ],
)
def test_a_warm_up_of_years_ago_was_one(tmp_path: Path, days_ago: tuple[int, ...], words: str) -> None:
    with Store.open(tmp_path / "trainer.db") as store:
        for ago in days_ago:
            at = datetime.fromisoformat(f"{TODAY - timedelta(days=ago)}T10:00:00+02:00")
            store.begin(replace(make_record(f"s{ago}", at=at, status=Status.FINISHED), moved_s=300.0))
        assert regularity_words(store, TODAY) == words
