"""``trainer show ROUTINE``: the whole timeline, as a person hears and sees it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from trainer.paths import Folders
from trainer.verbs.out import put

if TYPE_CHECKING:
    from trainer.core.cue import Cue
    from trainer.core.timeline import Phase, Timeline
    from trainer.settings import Settings
    from trainer.verbs.planned import Planned

HELP = "print the whole timeline of a routine and its total"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer show`` takes."""
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine, or path of a YAML file")
    parser.add_argument("--json", action="store_true", help="as JSON, with every cue and what is heard of it")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Prints the timeline for this person's settings. Raises ContentError."""
    from trainer.core.timeline import Timeline
    from trainer.settings import read_settings
    from trainer.verbs.source import LibrarySource

    source = LibrarySource(folders, arguments.routine)
    routine = source.routine()
    settings, _ = read_settings(folders.settings)
    timeline = Timeline.of(
        routine, source.read().drills, affected=settings.affected_knee, stretch=settings.prepare_stretch
    )
    if arguments.json:
        shown = timeline_json(timeline, plan(timeline, folders, settings))
        put([json.dumps(shown, ensure_ascii=False, indent=2) + "\n"])
    else:
        put(_lines(timeline))
    return 0


def plan(timeline: Timeline, folders: Folders, settings: Settings) -> tuple[Planned, ...]:
    """What will be heard of it, by an output that plays sounds; a name that cannot be spoken is a chime."""
    from trainer.audio.speech import Speech
    from trainer.verbs.planned import find_words, plan_sounds

    speech = Speech(folders.sounds / "voice", folders.voices)
    words = find_words(timeline, speech, settings)
    return plan_sounds(timeline, words.voice, speech.tones(), settings)


def timeline_json(timeline: Timeline, sounds: Iterable[Planned]) -> dict[str, Any]:
    """The timeline, and what is heard of each cue, as other programs rely on it."""
    heard: dict[Cue, list[dict[str, Any]]] = {cue: [] for cue in timeline.cues}
    for each in sounds:
        heard[each.cue].append(sound_json(each))
    return {
        "routine": timeline.routine,
        "title": timeline.title,
        "total_s": timeline.total_s,
        "phases": [
            {
                "index": phase.index,
                "kind": phase.kind.value,
                "drill": phase.drill.id,
                "name": phase.drill.name,
                "side": phase.side.value,
                "position": phase.drill.position.value,
                "start_s": phase.start_s,
                "duration_s": phase.duration_s,
                "reps": phase.reps,
                "tempo_s": phase.tempo_s,
            }
            for phase in timeline.phases
        ],
        "cues": [
            {"at_s": cue.at_s, "kind": cue.kind.value, "text": cue.text, "heard": heard[cue]} for cue in timeline.cues
        ],
    }


def sound_json(planned: Planned) -> dict[str, Any]:
    """One sound: a tone by its name, or words; its seconds are those of the timeline, to the microsecond."""
    return {
        "at_s": round(planned.at_s, 6),
        "sound": None if planned.says else planned.sound,
        "words": " ".join(f"{text}." for text in planned.says) or None,
        "length_s": round(planned.length_s, 6),
        "gain": round(planned.gain, 6),
        "latest_s": round(planned.latest_s, 6),
    }


def _lines(timeline: Timeline) -> Iterator[str]:
    yield f"{timeline.title}\n\n"
    widest = max(len(phase.drill.name) for phase in timeline.phases)
    for phase in timeline.phases:
        yield (
            f"{_clock(phase.start_s):>7}  {phase.kind.value:<8}{_name(phase):<{widest}}  {_dose(phase)}".rstrip() + "\n"
        )
    yield f"{_clock(timeline.total_s):>7}  done\n"


def _name(phase: Phase) -> str:
    return "" if phase.kind.value == "rest" else phase.drill.name


def _dose(phase: Phase) -> str:
    side = "" if phase.side.value == "both" else f"{phase.side.value:<6}"
    reps = f"{phase.reps} x {phase.tempo_s:g} s" if phase.reps is not None else f"{phase.duration_s:g} s"
    return f"{side:<6}{reps}"


def _clock(seconds: float) -> str:
    minutes, tenths = divmod(round(seconds * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
