"""A whole session as it would be heard, written to a WAV file: the listening check that anyone can run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.core.errors import UsageError
from trainer.paths import Folders, write_file
from trainer.verbs.files import new_file, unwritable
from trainer.verbs.out import put
from trainer.verbs.words import shown

if TYPE_CHECKING:
    from trainer.audio.speech import Speech, Spoken
    from trainer.core.timeline import Timeline
    from trainer.settings import Settings
    from trainer.verbs.planned import Planned

TAIL_S = 0.5
"""Stillness after the last sound."""
HOW = "Say trainer sound ROUTINE -o FILE.wav."
TURNED_OFF = "The volume in the settings is 0: nothing is heard.\n"


def record(routine: str | None, output: str | None, folders: Folders, speech: Speech | None = None) -> int:
    """Writes the session of a routine to a new file, for this person's settings; a mute is not kept.

    Raises UsageError or ContentError; nothing is written then. About 2 s for ten minutes of session, and longer the
    first time where names of a person's own are to be spoken.
    """
    from trainer.audio.speech import Speech
    from trainer.core.timeline import Timeline
    from trainer.settings import read_settings
    from trainer.verbs.planned import find_words, plan_sounds
    from trainer.verbs.source import LibrarySource

    if not routine:
        raise UsageError("Which routine is to be written to a file?", HOW)
    if not output or output == "-":
        raise UsageError("A session can only be written to a file.", HOW)
    path = new_file(output, "Choose another name.")
    source = LibrarySource(folders, routine)
    settings, _ = read_settings(folders.settings)
    timeline = Timeline.of(
        source.routine(), source.read().drills, affected=settings.affected_knee, stretch=settings.prepare_stretch
    )
    speech = speech or Speech(folders.sounds / "voice", folders.voices)
    spoken = find_words(timeline, speech, settings)
    planned = plan_sounds(timeline, spoken.voice, speech.tones(), settings)
    size = _write(path, planned, spoken, folders, settings)
    minutes, seconds = divmod(round(timeline.total_s), 60)
    put([f"{shown(path.name)}: {minutes}:{seconds:02} minutes, {len(planned)} sounds, {size / 1e6:.0f} MB.\n"])
    put([TURNED_OFF] if settings.volume == 0 else [])
    if settings.voice_volume > 0:
        put(_unspoken(timeline, spoken))
    return 0


def _unspoken(timeline: Timeline, spoken: Spoken) -> Iterator[str]:
    names = dict.fromkeys(phase.drill.name for phase in timeline.phases)
    lost = [shown(name) for name in names if name not in spoken.voice.texts]
    if lost:
        why = f" {spoken.warnings[0]}" if spoken.warnings else ""
        first, others = ", ".join(lost[:3]), f" and {len(lost) - 3} more" if len(lost) > 3 else ""
        yield f"A chime stands for {first}{others}.{why}\n"


def _write(path: Path, planned: tuple[Planned, ...], spoken: Spoken, folders: Folders, settings: Settings) -> int:
    """Writes the file; gives how many bytes of sound it holds."""
    from trainer.audio.bank import load_bank
    from trainer.audio.wav import MOST_FRAMES, Placed, wav_pieces

    bank = load_bank(folders.sounds)
    ends = max(each.at_s + each.length_s for each in planned) + TAIL_S
    frames = round(ends * bank.rate)
    if frames > MOST_FRAMES:
        raise UsageError(f"{ends / 3600:.0f} hours are too long for a WAV file.", "Choose a shorter routine.")
    placed = [Placed(each.sound, round(each.at_s * bank.rate), each.gain) for each in planned]
    try:
        write_file(path, wav_pieces(bank, spoken.clips, placed, frames, volume=settings.volume))
    except (OSError, ValueError) as error:
        raise unwritable(str(path), error) from error
    return 2 * frames
