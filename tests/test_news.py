from __future__ import annotations

from trainer.audio.news import News, Newsboard


def test_each_piece_is_handed_out_once_and_in_order() -> None:
    board = Newsboard()
    board.pin("It went away.", is_trouble=True)
    board.pin("It is back.", is_trouble=False)
    assert [board.take() for _ in range(3)] == [News("It went away.", True), News("It is back.", False), None]
