"""Folders come from the environment alone; what is private is private from its first byte and written whole."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.paths import create_file, find_folders, make_folder, write_file

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of others are a matter of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestFolders:
    def test_the_environment_names_them_and_nothing_is_made(self, tmp_path: Path) -> None:
        folders = find_folders({"TRAINER_DATA_DIR": str(tmp_path / "d"), "TRAINER_CONFIG_DIR": str(tmp_path / "c")})
        assert folders.database == tmp_path / "d" / "trainer.db"
        assert folders.backups == tmp_path / "d" / "backups"
        assert folders.state.is_relative_to(tmp_path / "d")
        assert folders.settings == tmp_path / "c" / "settings.yaml"
        assert folders.own_routines == tmp_path / "c" / "routines"
        assert folders.own_drills == tmp_path / "c" / "drills"
        assert list(tmp_path.iterdir()) == []

    def test_an_empty_variable_counts_as_none(self) -> None:
        assert find_folders({"TRAINER_DATA_DIR": "", "TRAINER_CONFIG_DIR": ""}) == find_folders({})

    def test_without_a_word_they_are_the_platforms_own(self) -> None:
        folders = find_folders({})
        assert folders.data.is_absolute()
        assert "joint-trainer" in folders.data.parts
        assert "joint-trainer" in folders.config.parts
        assert "joint-trainer" in folders.state.parts

    def test_a_relative_name_and_a_home_sign_become_whole_paths(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/someone")
        monkeypatch.setenv("USERPROFILE", "/home/someone")
        folders = find_folders({"TRAINER_DATA_DIR": "~/diary", "TRAINER_CONFIG_DIR": "here"})
        assert folders.data == Path("/home/someone/diary")
        assert folders.config == Path.cwd() / "here"

    def test_in_the_source_tree_what_is_shipped_lies_beside_the_package(self) -> None:
        folders = find_folders({"TRAINER_DATA_DIR": "d", "TRAINER_CONFIG_DIR": "c"})
        root = Path(__file__).parent.parent
        assert (folders.shipped_routines, folders.sounds) == (root / "routines", root / "sounds")

    def test_in_an_installed_copy_what_is_shipped_lies_in_the_package(self, tmp_path: Path) -> None:
        (tmp_path / "trainer" / "routines").mkdir(parents=True)
        (tmp_path / "trainer" / "sounds").mkdir()
        (tmp_path / "routines").mkdir()
        folders = find_folders({"TRAINER_DATA_DIR": "d", "TRAINER_CONFIG_DIR": "c"}, tmp_path / "trainer")
        assert folders.shipped_routines == tmp_path / "trainer" / "routines"
        assert folders.sounds == tmp_path / "trainer" / "sounds"

    def test_platformdirs_is_not_imported_where_the_environment_says_all(self) -> None:
        code = (
            "import sys; from trainer.paths import find_folders;"
            "find_folders({'TRAINER_DATA_DIR': 'd', 'TRAINER_CONFIG_DIR': 'c'}); print('platformdirs' in sys.modules)"
        )
        asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert asked.stdout == "False\n"


@POSIX
class TestPrivateFolders:
    def test_a_folder_is_made_for_its_owner_alone_whatever_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            made = make_folder(tmp_path / "a" / "b")
        finally:
            os.umask(before)
        assert mode(made) == 0o700

    def test_a_folder_of_ours_is_tightened(self, tmp_path: Path) -> None:
        folder = tmp_path / "loose"
        folder.mkdir()
        folder.chmod(0o755)
        make_folder(folder)
        assert mode(folder) == 0o700

    def test_a_folder_kept_tighter_than_ours_stays_so(self, tmp_path: Path) -> None:
        folder = tmp_path / "tight"
        folder.mkdir()
        folder.chmod(0o500)
        make_folder(folder)
        assert mode(folder) == 0o500

    def test_a_shared_folder_stays_as_it_is(self, tmp_path: Path) -> None:
        folder = tmp_path / "shared"
        folder.mkdir()
        folder.chmod(0o1777)
        make_folder(folder)
        assert mode(folder) == 0o1777

    def test_a_home_folder_and_what_holds_it_stay_as_they_are(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        home = tmp_path / "homes" / "me"
        home.mkdir(parents=True)
        monkeypatch.setenv("HOME", str(home))
        for folder in (home, home.parent):
            folder.chmod(0o755)
            make_folder(folder)
            assert mode(folder) == 0o755

    def test_a_file_in_its_place_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("")
        with pytest.raises(OSError, match="x"):
            make_folder(tmp_path / "x" / "y")


class TestPrivateFiles:
    @POSIX
    def test_a_file_is_made_for_its_owner_alone_and_only_once(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            assert create_file(tmp_path / "f")
        finally:
            os.umask(before)
        assert mode(tmp_path / "f") == 0o600
        (tmp_path / "f").write_text("kept")
        assert not create_file(tmp_path / "f")
        assert (tmp_path / "f").read_text() == "kept"

    @POSIX
    def test_writing_replaces_the_whole_and_makes_it_private(self, tmp_path: Path) -> None:
        file = tmp_path / "f"
        file.write_text("a longer text than the new one")
        file.chmod(0o666)
        write_file(file, [b"new ", b"text"])
        assert file.read_bytes() == b"new text"
        assert mode(file) == 0o600
        assert list(tmp_path.iterdir()) == [file]

    def test_writing_that_breaks_off_leaves_the_old_and_nothing_beside_it(self, tmp_path: Path) -> None:
        file = tmp_path / "f"
        file.write_text("old")

        def pieces() -> Iterator[bytes]:
            yield b"half"
            raise RuntimeError

        with pytest.raises(RuntimeError):
            write_file(file, pieces())
        assert file.read_text() == "old"
        assert list(tmp_path.iterdir()) == [file]

    @POSIX
    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").write_text("old")
        (tmp_path / "link").symlink_to(tmp_path / "real")
        write_file(tmp_path / "link", [b"new"])
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_text() == "new"

    @POSIX
    def test_a_pipe_is_written_to_and_not_replaced(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        write_file(pipe, [b"through"])
        assert os.read(reader, 100) == b"through"
        os.close(reader)
        assert stat.S_ISFIFO(pipe.stat().st_mode)
