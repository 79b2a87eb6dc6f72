"""The words of the command line, a file each.

A verb says its ``NAME`` and ``HELP``, takes its options in ``configure(parser)`` and does its work in
``run(arguments, folders)``, which gives the exit code. Data goes to stdout; what a person can cause is raised as a
TrainerError and told by the command line in one line. Importing a verb is cheap: what costs time is imported when it
runs.
"""

from __future__ import annotations
