"""Where a session stands is there for the next start, whatever ended the window, and for nobody while it lives."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.diaries import make_record, reopened
from trainer.core.record import Status
from trainer.store import Diary, new_id
from trainer.store.under_way import LARGEST, MOST_FILES, STALE_S, Held, UnderWay

DATA = {"version": 1, "position_s": 12.5}
ID = "0123456789abcdef" * 2
OTHER_WINDOW = """
import sys
from pathlib import Path
from trainer.store.under_way import UnderWay
held = UnderWay(Path(sys.argv[1])).hold(sys.argv[2])
held.keep({"position_s": 1})
held.settle(60)
print("holds", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that stands still for a second is no fault of the program's."""
    monkeypatch.setattr("trainer.store.under_way.PATIENCE_S", 60.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "under-way"


@contextmanager
def another_window(folder: Path, session: str) -> Iterator[subprocess.Popen[str]]:
    """A program of its own that holds a session."""
    words = [sys.executable, "-c", OTHER_WINDOW, str(folder), session]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "holds\n"
        yield program
        program.kill()


def kept(folder: Path, data: object = DATA, session: str = ID) -> Path:
    """What an ended window left."""
    held = UnderWay(folder).hold(session)
    held.keep({})
    held.let_go()
    path = folder / f"{session}.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def make_old(path: Path) -> None:
    old = time.time() - STALE_S - 60
    os.utime(path, (old, old), follow_symlinks=False)


def test_what_was_kept_last_is_there_for_the_next_start_and_private(folder: Path) -> None:
    held = UnderWay(folder).hold(ID)
    for position in range(50):
        held.keep({"position_s": position})
    held.let_go()
    (left,) = UnderWay(folder).left()
    assert left.session == ID
    assert left.data() == {"position_s": 49}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    left.forget()
    assert list(folder.iterdir()) == []


def test_what_is_forgotten_is_gone_and_stays_gone(folder: Path) -> None:
    held = UnderWay(folder).hold(ID)
    held.keep(DATA)
    held.forget()
    held.keep(DATA)
    held.let_go()
    assert list(folder.iterdir()) == []


def test_keeping_never_waits_for_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    goes_on, written = Event(), []

    def stand_still(path: Path, text: bytes) -> None:
        written.append((path, text))
        assert goes_on.wait(60)

    monkeypatch.setattr("trainer.store.under_way._write", stand_still)
    held = UnderWay(folder).hold(ID)
    for position in range(1000):
        held.keep({"position_s": position})
    goes_on.set()
    held.let_go()
    assert written[-1][1] == b'{"position_s":999}'
    assert len(written) <= 2 + 1


def test_a_living_window_keeps_its_place_to_itself_until_it_is_killed(folder: Path) -> None:
    with another_window(folder, ID) as program:
        assert UnderWay(folder).living() == {ID}
        assert UnderWay(folder).left() == ()
        program.kill()
        program.wait()
        assert UnderWay(folder).living() == frozenset()
        (left,) = UnderWay(folder).left()
        assert left.data() == {"position_s": 1}
        left.let_go()


def test_two_starts_at_once_offer_the_same_place_to_one(folder: Path) -> None:
    kept(folder)
    (first,) = UnderWay(folder).left()
    assert UnderWay(folder).left() == ()
    first.let_go()
    (second,) = UnderWay(folder).left()
    second.let_go()


def test_only_sessions_whose_window_is_gone_are_marked_as_interrupted(tmp_path: Path, folder: Path) -> None:
    living, gone = new_id(), new_id()
    path = tmp_path / "trainer.db"
    with reopened(path) as store:
        store.begin(make_record(living))
        store.begin(make_record(gone))
    diary = Diary(lambda: reopened(path), under_way=folder)

    def statuses() -> tuple[Status, ...]:
        found = diary.read(lambda store: (store.find_session(living), store.find_session(gone)), ())
        return tuple(record.status for record in found if record is not None)

    with another_window(folder, living) as program, another_window(folder, gone) as crashed:
        crashed.kill()
        crashed.wait()
        assert diary.close_open_sessions() == 1
        assert statuses() == (Status.RUNNING, Status.INTERRUPTED)
        program.kill()
        program.wait()
        assert diary.close_open_sessions() == 1
        assert statuses() == (Status.INTERRUPTED, Status.INTERRUPTED)
    diary.close()


def refused(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file in the folder's place", encoding="utf-8")


def linked(folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir()
    kept(elsewhere)
    folder.symlink_to(elsewhere)


@pytest.mark.parametrize("spoil", [refused, linked])
def test_a_folder_that_is_none_of_ours_leaves_nothing_to_go_on_with(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder)
    assert UnderWay(folder).left() == ()
    assert UnderWay(folder).living() == frozenset()
    UnderWay(folder).hold(new_id()).forget()


def test_without_a_folder_nothing_is_kept_and_nothing_fails() -> None:
    held = UnderWay(None).hold(ID)
    held.keep(DATA)
    held.settle(60)
    assert held.data() is None
    held.let_go()
    held.forget()
    assert UnderWay(None).left() == ()


def test_a_full_disk_keeps_the_last_place_that_went_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = UnderWay(folder).hold(ID)
    held.keep({"position_s": 1})
    held.settle(60)

    def fill(path: Path, target: Path) -> Path:  # noqa: ARG001
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fill)
        held.keep({"position_s": 2})
        held.settle(60)
    held.let_go()
    assert sorted(path.name for path in folder.iterdir()) == [f"{ID}.json", f"{ID}.lock"]
    assert Held(folder, ID).data() == {"position_s": 1}


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "x" * (LARGEST + 1), "9" * 5000, "null"], ids=lambda text: text[:3]
)
def test_damage_is_left_alone_until_it_is_old(folder: Path, text: str) -> None:
    path = kept(folder, text)
    assert UnderWay(folder).left() == ()
    assert path.exists()
    make_old(path)
    assert UnderWay(folder).left() == ()
    assert list(folder.iterdir()) == []


def test_a_link_a_folder_or_a_pipe_is_no_place(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}", encoding="utf-8")
    link = kept(folder)
    link.unlink()
    link.symlink_to(secret)
    pipe = kept(folder, session="1" * 32)
    pipe.unlink()
    os.mkfifo(pipe)
    directory = kept(folder, session="2" * 32)
    directory.unlink()
    directory.mkdir()
    lock = folder / f"{'3' * 32}.lock"
    lock.symlink_to(secret)
    assert UnderWay(folder).left() == ()
    for path in (link, pipe, directory):
        make_old(path)
    assert UnderWay(folder).left() == ()
    assert not link.is_symlink()
    assert secret.read_text(encoding="utf-8") == "{}"


def test_names_that_are_none_of_ours_are_not_looked_at(folder: Path) -> None:
    kept(folder)
    for name in ("notes.txt", "..json", "x.json", f"{ID}.json.bak"):
        (folder / name).write_text("{}", encoding="utf-8")
    (left,) = UnderWay(folder).left()
    left.forget()
    assert len(list(folder.iterdir())) == 4


def test_a_folder_full_of_rubbish_holds_up_no_start(folder: Path) -> None:
    folder.mkdir()
    for number in range(MOST_FILES + 500):
        (folder / f"{number:032x}.json").touch()
    assert len(UnderWay(folder).living()) == 0
    assert len(list(folder.iterdir())) <= 2 * MOST_FILES + 500


def test_what_was_cut_off_while_it_was_written_goes_when_it_is_old(folder: Path) -> None:
    folder.mkdir()
    beside = folder / f".{ID}.json.new"
    beside.write_text("{", encoding="utf-8")
    UnderWay(folder).left()
    assert beside.exists()
    make_old(beside)
    UnderWay(folder).left()
    assert not beside.exists()
