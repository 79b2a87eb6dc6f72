"""Looks for bytes that break a way in: files, diaries, sounds and command lines, for as long as it is told.

    python scripts/fuzz.py content --seconds 100

Needs the extra ``fuzz`` (atheris, Python 3.11 and 3.12). What breaks a rule is kept in the folder of findings and told;
what took a new way is kept in the corpus, so that the next run goes on from there. Each finding belongs into a test.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
import atheris  # noqa: E402

ROOMS = ["trainer.library", "trainer.importing", "trainer.settings", "trainer.core", "trainer.cli", "trainer.verbs"]
SOUNDS = ["trainer.audio.bank", "trainer.audio.voice", "wave", "csv", "json", "argparse"]
LONGEST = {"content": 5000, "settings": 2000, "diary": 3000, "sound": 3000, "prompts": 1000, "words": 400}
"""Bytes of an input: enough for each, and quick."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=LONGEST)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "trainer-fuzz")
    wish = parser.parse_args()
    with atheris.instrument_imports(include=[*ROOMS, *SOUNDS]):
        from tests.hostile import Door
    work = Path(tempfile.mkdtemp())
    corpus, found = wish.folder / wish.target, wish.folder / f"found-{wish.target}"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(wish.target)):
        (corpus / f"seed-{number}").write_bytes(seed[: LONGEST[wish.target]])
    (wish.folder / "words.dict").write_text("".join(f'"{escaped(word)}"\n' for word in dictionary()))
    way = Door(work).ways[wish.target]
    broken: dict[str, int] = {}

    def take(data: bytes) -> None:
        try:
            way(data)
        except Exception as error:  # one finding must not end the search
            told = f"{type(error).__name__}: {str(error)[:300]}"
            place = told_place(error)
            broken[place] = broken.get(place, 0) + 1
            if broken[place] == 1:
                (found / f"{len(list(found.iterdir()))}").write_bytes(data)
                print(f"FOUND at {place}: {told!a}\n  in {data[:300]!a}", flush=True)

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={wish.seconds}",
            f"-max_len={LONGEST[wish.target]}",
            f"-dict={wish.folder / 'words.dict'}",
            "-rss_limit_mb=1000",
            "-timeout=10",
            "-print_final_stats=1",
            f"-artifact_prefix={found}/",
            str(corpus),
        ],
        take,
    )
    atheris.Fuzz()


def told_place(error: BaseException) -> str:
    """The innermost place in our own code at which it went wrong, or in the rule that was broken."""
    place, trace = "nowhere", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(str(ROOT)):
            place = f"{Path(name).relative_to(ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def seeds(target: str) -> Iterator[bytes]:
    """Files that are right, and command lines."""
    from tests.test_fuzz_files import made_diary, made_table
    from tests.test_fuzz_words import KNOWN, OPTIONS

    if target == "content":
        for path in sorted((ROOT / "routines").rglob("*.yaml")):
            text = path.read_text()
            yield from (text.encode(), ("- id:".join(text.split("- id:")[:2])).encode())
    elif target == "settings":
        yield b"affected_knee: left\nsafety_accepted: 2026-10-02\nvolume: 0.5\nmuted: yes # so\ntheme: 'dark'\n"
    elif target == "diary":
        yield from (made_diary().encode(), made_table().encode())
    elif target == "sound":
        yield from (path.read_bytes() for path in (ROOT / "sounds").glob("*.wav"))
    elif target == "prompts":
        yield b'{"rate": 48000, "prompts": {"Go": {"file": "go.flac", "frames": 100}}}'
    else:
        for verb, options in OPTIONS.items():
            for value in KNOWN:
                words = [word for action in options for word in (*action.option_strings[:1], value)]
                yield "\n".join([verb, *words]).encode()


def dictionary() -> Iterator[str]:
    """Words that are worth trying."""
    from dataclasses import fields

    from tests.hostile import HAZARDS
    from tests.test_fuzz_words import OPTIONS
    from trainer.core.drill import REGIONS, Drill
    from trainer.core.routine import Item, Routine
    from trainer.settings import Settings

    yield from (text for text in HAZARDS if 0 < len(text) < 40)
    for cls in (Drill, Routine, Item, Settings):
        yield from (f"{field.name}: " for field in fields(cls))
    yield from REGIONS
    yield from OPTIONS
    yield from (option for options in OPTIONS.values() for action in options for option in action.option_strings)


def escaped(text: str) -> str:
    """Bytes as a dictionary of libFuzzer takes them."""
    return "".join(f"\\x{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
