"""When something was, and what time of day it is, in the words a person would use."""

from __future__ import annotations

from datetime import datetime

from trainer.core.day import day_of


def ago(then: datetime, now: datetime) -> str:
    """How long since, in words a person would use: "today", "yesterday", "3 days ago", "5 weeks ago"."""
    days = (day_of(now) - day_of(then)).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 28 else f"{days // 7} weeks ago"


def moment_words(then: datetime, now: datetime) -> str:
    """A moment of the last days as a person would name it, by the clock of now: "today 14:05", "yesterday 23:50"."""
    here = then.astimezone(now.tzinfo)
    days = (now.date() - here.date()).days
    day = "today" if days == 0 else "yesterday" if days == 1 else f"{here:%Y-%m-%d}"
    return f"{day} {here:%H:%M}"


def greeting(now: datetime) -> str:
    """A word for the time of day."""
    if 4 <= now.hour < 12:
        return "Good morning."
    return "Good afternoon." if 12 <= now.hour < 18 else "Good evening."
