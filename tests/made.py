"""Small drills and routines made for tests."""

from __future__ import annotations

from trainer.core.drill import Camera, Dose, Drill, Keyframe, Knee, Load, Position, Sides
from trainer.core.routine import Item, Routine


def make_drill(
    id: str = "ankle-circles",  # noqa: A002
    *,
    sides: Sides = Sides.BILATERAL,
    reps: int = 3,
    tempo: float = 4.0,
    position: Position = Position.SEATED,
    base_pose: str = "seated",
    turns: bool = False,
) -> Drill:
    return Drill(
        id=id,
        name=id.replace("-", " ").capitalize(),
        joint="ankle",
        region="ankle",
        position=position,
        sides=sides,
        dose=Dose(reps, tempo),
        knee=Knee(Load.NONE),
        steps=("Lift the right foot.", "Leave the left one where it is."),
        cues=("Right foot only",),
        easier="Smaller circles.",
        stop_if="Sharp pain.",
        why_knee="The joint below the knee.",
        base_pose=base_pose,
        camera=Camera("feet", 35),
        keyframes=(Keyframe(0, {}), Keyframe(0.5, {"ankle_angle_r": 10})),
        turns=turns,
    )


def make_routine(*items: Item, id: str = "made") -> Routine:  # noqa: A002
    return Routine(id=id, name="Made for tests", items=items)
