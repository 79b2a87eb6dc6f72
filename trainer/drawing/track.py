"""The track: the whole session to scale on one row; what is behind is filled, sides and drills are marked."""

from __future__ import annotations

from trainer.core.timeline import PhaseKind, Timeline
from trainer.drawing.frame import Frame, Sheet

DONE, AHEAD, HEAD, MARK = "━", "─", "╸", "┬"
DONE_ASCII, AHEAD_ASCII, HEAD_ASCII, MARK_ASCII = "=", "-", ">", "+"


def track(timeline: Timeline, position_s: float, width: int, *, is_ascii: bool = False) -> Frame:
    """Draw ``timeline`` on one row of ``width`` cells, filled up to ``position_s``; a mark where a drill begins.

    Marks that would crowd (closer than three cells) are left out.
    """
    sheet = Sheet(width, 1)
    if width < 1:
        return sheet.frame()
    done, ahead, head, mark = (
        (DONE_ASCII, AHEAD_ASCII, HEAD_ASCII, MARK_ASCII) if is_ascii else (DONE, AHEAD, HEAD, MARK)
    )
    share = min(max(position_s / timeline.total_s, 0.0), 1.0)
    filled = round(share * width)
    sheet.put(0, 0, ahead * width, "muted")
    last = -3
    for phase in timeline.phases:
        at = int(phase.start_s / timeline.total_s * width)
        if phase.kind is PhaseKind.PREPARE and at - last >= 3 and at > 0:
            sheet.put(at, 0, mark, "muted")
            last = at
    sheet.put(0, 0, done * filled, "accent")
    if 0 < filled < width:
        sheet.put(filled - 1, 0, head, "accent")
    return sheet.frame()
