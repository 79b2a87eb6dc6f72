"""Line-API widgets that paint and hold no rules."""

from __future__ import annotations
