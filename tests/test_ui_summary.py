"""What a session came to is seen in every window: both knees at once, the rest by the keys that scroll."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app import make_app, running, screen_text
from trainer.core.record import Outcome, Result, Status
from trainer.core.side import Side
from trainer.ui.summary import SummaryScreen, Tally
from trainer.ui.trial import TrialCard, TrialShown

OUTCOMES = (Outcome("a", Side.LEFT, Result.HURT, 3, 3), Outcome("b", Side.LEFT, Result.SKIPPED, 0, 3))
TALLY = Tally(
    title="Desk break",
    status=Status.STOPPED,
    moved_s=103.0,
    outcomes=OUTCOMES,
    names={"a": "Ankle circles", "b": "Leg swings"},
    scores=((Side.LEFT, 3, 4), (Side.RIGHT, 5, 10)),
    is_saved=True,
)
SAID = "Rolling days were followed by mornings about as good as moving days, as far as so few can say. " * 4


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_both_knees_are_seen_at_once_and_all_else_can_be_read(tmp_path: Path, size: tuple[int, int]) -> None:
    room = make_app(tmp_path)
    async with running(room, size) as pilot:
        room.app.push_screen(SummaryScreen(TALLY, glyphs="quadrant", explain=lambda *_: True))
        await pilot.pause()
        screen = room.app.screen
        scores = screen.query(".score")
        assert len(scores) == 4
        assert [one for one in scores if one.region.bottom > screen.query_one("#below").region.y] == []
        await pilot.press("pagedown")
        await pilot.pause()
        text = screen_text(room.app)
        for words in ("you rated 5 higher", "hurting: Ankle circles", "Skipped: Leg swings", "1 it hurt", "enter Done"):
            assert words in text


async def test_what_a_test_came_to_can_be_read_to_its_end_beside_its_keys(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (60, 18)) as pilot:
        room.app.push_screen(TrialCard(TrialShown("Fair test", (SAID, SAID), track="5 of 10 pairs", can_set_up=True)))
        await pilot.pause()
        assert "n  set one up" in screen_text(room.app)
        assert "5 of 10 pairs" not in screen_text(room.app)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert "5 of 10 pairs" in screen_text(room.app)
