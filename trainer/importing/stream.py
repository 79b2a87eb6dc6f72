"""JSON of any length, of which one value at a time is held: what surrounds the records is walked through by hand.

``json`` alone reads a file whole: 25 years of a diary are 250 MB of objects. Here a value is decoded as soon as the
text read so far holds it; where it does not, twice as much is read and the same is tried again. So no value costs more
than twice its length, and none may be longer than ``LONGEST`` or hold more than a long session does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, NoReturn

from trainer.core.errors import UsageError
from trainer.importing.values import HINT, refuse, shown

if TYPE_CHECKING:
    from typing import TextIO

CHUNK = 2**18
"""Letters that are read at once."""
LONGEST = 2**23
"""Letters of one record; a session of a thousand drills has 130,000."""
MOST_INSIDE = (("{", 100_000), ("[", 100_000), (",", 600_000))
"""Of records, lists and values in as many letters: more than they hold where they are a diary's."""
_SPACES = re.compile(r"[ \t\n\r]*")


class JsonText:
    """A place in JSON that comes in pieces. Everything here raises UsageError that names the line, or the record."""

    def __init__(self, file: TextIO, head: str = "") -> None:
        """``head``: what was read of the file already."""
        self._file = file
        self._text = head
        self._at = 0
        self._is_over = False
        self._lines = 0
        self._columns = 0
        self._decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)

    def peek(self) -> str:
        """The next letter that is no space; nothing at the end."""
        spaces = 0
        while True:
            found = _SPACES.match(self._text, self._at)
            end = self._at if found is None else found.end()
            spaces, self._at = spaces + end - self._at, end
            if spaces > LONGEST:
                raise self.wrong("nothing but spaces")
            if self._at < len(self._text) or not self._grow("The file"):
                return self._text[self._at : self._at + 1]

    def take(self, sign: str) -> bool:
        """Steps over the sign, if it is the next."""
        if self.peek() != sign:
            return False
        self._at += 1
        return True

    def need(self, sign: str, what: str) -> None:
        """Steps over the sign; complains where it is not the next."""
        if not self.take(sign):
            raise self.wrong(f"expecting {what}")

    def name(self) -> str:
        """A name before its value."""
        if self.peek() != '"':
            raise self.wrong("expecting property name enclosed in double quotes")
        name = self.value("The file")
        self.need(":", "':' delimiter")
        return str(name)

    def value(self, place: str) -> object:
        """The next value, whole. ``place`` names it in a complaint."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                if end == len(self._text) and self._grow(place):  # a number may go on
                    continue
            except json.JSONDecodeError as error:
                if self._grow(place):
                    continue
                raise self.wrong(f"{error.msg[:1].lower()}{error.msg[1:]}", error.pos) from None
            except RecursionError:
                raise refuse(place, "it is nested more deeply than any diary") from None
            except _InsideError as error:
                raise refuse(place, str(error)) from None
            except ValueError:  # a whole number of thousands of digits
                raise refuse(place, "it holds a number that is too long") from None
            self._at = end
            return value

    def wrong(self, why: str, at: int | None = None) -> UsageError:
        """The complaint about a place in the text, usually the one where we are."""
        at = self._at if at is None else at
        line, column = self._place(at)
        return UsageError(f"Line {line + 1}, column {column + 1}: {why}.", HINT)

    def _place(self, at: int) -> tuple[int, int]:
        lines = self._text.count("\n", 0, at)
        return self._lines + lines, at - self._text.rindex("\n", 0, at) - 1 if lines else self._columns + at

    def _grow(self, place: str) -> bool:
        """Reads on, at least twice as far as the value that was begun; says whether there was more."""
        rest = len(self._text) - self._at
        if rest > LONGEST:
            raise refuse(place, "it is longer than any in a diary")
        more = "" if self._is_over else self._file.read(max(CHUNK, rest))
        if not more:
            self._is_over = True
            return False
        self._lines, self._columns = self._place(self._at)
        self._text, self._at = self._text[self._at :] + more, 0
        if rest > CHUNK and any(self._text.count(sign) > most for sign, most in MOST_INSIDE):
            raise refuse(place, "it holds more than any in a diary")
        return True


class _InsideError(Exception):
    """What is wrong inside a value, wherever that is."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = next(name for name in times if times[name] > 1)
        raise _InsideError(f"it says {shown(twice)} twice")
    return values


def _no_number(text: str) -> NoReturn:
    raise _InsideError(f"it holds {text}, which is no number")
