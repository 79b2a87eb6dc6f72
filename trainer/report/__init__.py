"""The page for the next appointment, as text from values.

``page``   a ``Report`` -> one self-contained HTML page
``words``  what stands on every such page: how to read it, what it does not say, and how it looks
"""

from __future__ import annotations

from trainer.report.page import DrillRow, KneePart, NoteRow, Report, page

__all__ = ["DrillRow", "KneePart", "NoteRow", "Report", "page"]
