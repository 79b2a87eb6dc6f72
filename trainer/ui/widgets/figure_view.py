"""Shows what the body does, as the drawing room draws it; keeps what was drawn, for a repetition comes again.

Stages (a drill on a side at a size) and loops (a repetition of one) are kept in the order of their use, and the longest
unused go first.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from textual import events

from trainer.body.acting import Act, between
from trainer.body.ladder import RUNGS, Way
from trainer.body.skeleton import Body
from trainer.core.drill import Drill
from trainer.core.side import Side
from trainer.drawing.figure import HIGHEST_EYE, LOWEST_EYE, Stage
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import Glyphs
from trainer.drawing.kept import Kept
from trainer.drawing.loop import FigureLoop, frames_for
from trainer.ui.widgets.frame_view import FrameView

STAGES_KEPT = 4
LOOPS_KEPT = 5
"""Repetitions: both ways of this drill, the slow one that was shown before, and the next drill's."""
KEY_POSES = 4
"""Pictures of a repetition where nothing is to be animated."""
REACH_STEP = 0.02
"""The range grows in steps this fine where it does; finer cannot be seen."""
LEAST_WIDTH = 16
LEAST_HEIGHT = 8


def _is_room(width: int, height: int) -> bool:
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT


def full_range(way: Way | None, phase: float, reach: float) -> tuple[float, float]:
    """The phase of the whole range at which the same pose is due, going the same way: its picture is there already.

    A motion that goes round has no such phase; there, phase and reach stay as they are.
    """
    if way is None or reach >= 1.0:
        return phase, reach
    there = way.phase(phase, reach)
    is_on_its_way_back = (phase - way.begin) % 1.0 > 0.5
    return ((2 * way.begin - there) % 1.0 if is_on_its_way_back else there), 1.0


class FigureView(FrameView):
    """The moving figure."""

    def __init__(
        self,
        body: Body,
        *,
        glyphs: Glyphs,
        frames_a_second: float,
        aspect: Callable[[], float],
        stance: str = "facing",
        id: str | None = None,  # noqa: A002
    ) -> None:
        """``aspect``: asked how high cells are for their width; ``stance``: "facing", "mirror" or "behind"."""
        super().__init__(id=id)
        self._aspect = aspect
        self._body = body
        self._glyphs = glyphs
        self._rate = frames_a_second
        self._stages: Kept[tuple[str, Side], Stage] = Kept(STAGES_KEPT)
        self._loops: Kept[tuple[str, Side, float, bool, int], FigureLoop] = Kept(LOOPS_KEPT)
        self._act: Act | None = None
        self._passing: object = None
        self._passed = Frame.blank(0, 0)
        self._walks: dict[str, tuple[float, float]] = {}  # by drill: degrees round it, degrees up
        self._stance = stance

    def perform(self, act: Act) -> None:
        """Show what the body does; the same as before costs nothing."""
        if act != self._act:
            self._act = act
            self.show(self._paint)

    def prepare(self, drill: Drill, side: Side) -> None:
        """Draw a picture of a repetition ahead of need, one at each call, so that the first comes at once.

        What goes round is drawn in the range of its first third, for it has no other picture of that.
        In the thread that paints: a thread of its own would keep the sound device's waiting too long.
        """
        if self.has_room:
            stage = self._stage(drill, side)
            reach = RUNGS[0] if stage.motion.way is None else 1.0
            loop = self._loop(drill, side, reach, self._count(stage), backward=False)
            if not loop.is_complete:
                loop.build(0.0, time.perf_counter)

    @property
    def has_room(self) -> bool:
        """Whether a figure would be more than a blot."""
        width, height = self.size
        return _is_room(width, height)

    def turn(self, degrees: float) -> None:
        """Walk round the figure; this drill stays turned, the others are as they were.

        Left stays left on the screen, also where the picture is the other way round.
        """
        if self._act is not None:
            is_left = self._act.side is Side.LEFT and self._act.drill.is_one_sided
            turned, raised = self._walk(self._act.drill)
            turned += -degrees if is_left != (self._stance != "facing") else degrees
            self._walk_to((turned + 180) % 360 - 180, raised)

    def climb(self, degrees: float) -> None:
        """See the figure from higher up, or from lower down; it never tips over."""
        if self._act is not None:
            turned, raised = self._walk(self._act.drill)
            own = self._act.drill.camera.elevation_deg
            lowest, highest = min(LOWEST_EYE - own, 0.0), max(HIGHEST_EYE - own, 0.0)
            self._walk_to(turned, min(max(raised + degrees, lowest), highest))

    def walk_back(self) -> None:
        """See the figure from where the drill is best seen."""
        self._walk_to(0.0, 0.0)

    def stand(self, stance: str) -> None:
        """Stand facing, as in a mirror, or seen from behind."""
        self._stance = stance
        self._begin_anew()

    def draw_with(self, glyphs: Glyphs) -> None:
        """Draw with other glyphs."""
        self._glyphs = glyphs
        self._begin_anew()

    def on_resize(self) -> None:
        """Draw anew at the new size."""
        super().on_resize()
        self._begin_anew()

    def on_hide(self, _event: events.Hide) -> None:
        """Keep nothing that is not seen."""
        self._stages.clear()
        self._loops.clear()

    def _begin_anew(self) -> None:
        self._passing = None
        self._stages.clear()
        self._loops.clear()
        self.show(self._paint)

    def _walk(self, drill: Drill) -> tuple[float, float]:
        return self._walks.get(drill.id, (0.0, 0.0))

    def _walk_to(self, turned: float, raised: float) -> None:
        if self._act is not None and (turned, raised) != self._walk(self._act.drill):
            self._walks[self._act.drill.id] = (turned, raised)
            self._begin_anew()

    def _stage(self, drill: Drill, side: Side) -> Stage:
        return self._stages.get((drill.id, side), lambda: self._look_at(drill, side))

    def _look_at(self, drill: Drill, side: Side) -> Stage:
        turned, raised = self._walk(drill)
        return Stage(
            self._body,
            drill,
            side,
            *self.size,
            glyphs=self._glyphs,
            aspect=self._aspect(),
            azimuth=drill.camera.azimuth_deg + turned,
            raised=raised,
            mirror=self._stance == "mirror",
            behind=self._stance == "behind",
        )

    def _paint(self, width: int, height: int) -> Frame:
        now = self._act
        if now is None or not _is_room(width, height):
            return Frame.blank(width, height)
        stage = self._stage(now.drill, now.side)
        if now.came_from is not None:
            came_from = self._stage(*now.came_from)  # as a rule it was just shown
            return stage.still(between(came_from.motion, stage.motion, now.share))
        phase, reach = full_range(stage.motion.way, now.phase, now.reach)
        reach = round(round(reach / REACH_STEP) * REACH_STEP, 3)
        count = self._count(stage, now.lasts_s)
        if reach in RUNGS:
            return self._loop(now.drill, now.side, reach, count, backward=now.backward).frame_at(phase)
        # On its way from rung to rung a range is passed once: kept, its pictures would only drive out others.
        passing = (now.drill.id, now.side, reach, now.backward, round(phase * count) % count)
        if passing != self._passing:
            self._passing = passing
            self._passed = stage.frame(passing[-1] / count, reach=reach, backward=now.backward)
        return self._passed

    def _count(self, stage: Stage, lasts_s: float | None = None) -> int:
        """Pictures of a repetition that takes so many seconds."""
        return frames_for(lasts_s or stage.drill.dose.tempo, self._rate) if self._rate else KEY_POSES

    def _loop(self, drill: Drill, side: Side, reach: float, count: int, *, backward: bool) -> FigureLoop:
        def make() -> FigureLoop:
            return FigureLoop(self._stage(drill, side), frames=count, reach=reach, backward=backward)

        return self._loops.get((drill.id, side, reach, backward, count), make)
