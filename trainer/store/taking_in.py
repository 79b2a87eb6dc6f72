"""Taking in what came from elsewhere: all that is new in one transaction, or nothing.

What came is gone through twice: once only to look, so that a file without news needs no backup and holds nobody up,
and once to write. Other windows wait only for the writing, and what was found holds as long as none of them wrote.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from trainer.core.rating import Rating
from trainer.core.record import SessionRecord
from trainer.store.happenings import written_happenings
from trainer.store.merging import KINDS, Change, Comparison, Rule, Verdict
from trainer.store.store import begun, kept, rated
from trainer.store.traces import unmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from trainer.core.contents import Piece
    from trainer.store.store import Statement, Store


def take_in(
    store: Store, pieces: Iterable[Piece], rule: Rule = Rule.REFUSE, *, before: Callable[[], None] = lambda: None
) -> Change:
    """Writes what is new of the pieces, each id once, all of it or nothing; gives what that was.

    ``pieces`` is gone through twice and must be the same both times. ``before`` is called once, before anything is
    written, where there is anything to write. A KeyboardInterrupt that goes on from here means that nothing was taken
    in. Raises UsageError where the same id stands for two things, see ``merging``.
    """
    as_of = _written_elsewhere(store)
    verdicts = _judge(store, pieces, rule)
    new: Counter[str] = Counter()
    last: Piece | None = None
    if Verdict.NEW.value in verdicts:
        before()
        if (since := _written_elsewhere(store)) != as_of:  # looked at again while nobody has to wait for it
            as_of, verdicts = since, _judge(store, pieces, rule)
        store.write_much()
        try:
            with store.writing() as write:
                if _written_elsewhere(store) != as_of:  # what was found may hold no more
                    verdicts = _judge(store, pieces, rule)
                now = store.now()
                for piece, verdict in zip(pieces, verdicts, strict=True):
                    if verdict == Verdict.NEW.value:
                        last = piece
                        new[KINDS[type(piece)]] += 1
                        for statement, values in _written(piece, rule, now):
                            write(statement, values)
        except KeyboardInterrupt:  # may come when all of it is on the disk already
            if last is None or Comparison(store, rule).verdict(last) is Verdict.NEW:
                raise
    counts = Counter(verdicts)
    return Change(new, *(counts[verdict.value] for verdict in (Verdict.SAME, Verdict.KEPT, Verdict.DELETED)))


def _judge(store: Store, pieces: Iterable[Piece], rule: Rule) -> bytes:
    """A verdict for each, a byte long."""
    comparison = Comparison(store, rule)
    return bytes(comparison.verdict(piece).value for piece in pieces)


def _written_elsewhere(store: Store) -> object:
    """What is another once another window has written."""
    return store.rows("PRAGMA data_version")


def _written(piece: Piece, rule: Rule, now: datetime) -> Iterator[Statement]:
    if rule is Rule.REPLACE:
        yield from unmark(piece)
    match piece:
        case Rating():
            yield rated(piece)
        case SessionRecord():
            yield "DELETE FROM outcomes WHERE session = ?", (piece.id,)
            yield begun(piece, now)
            yield from (kept(piece.id, index, outcome) for index, outcome in enumerate(piece.outcomes))
        case _:
            yield from written_happenings(piece)
