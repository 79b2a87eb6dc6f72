"""What holds for every test that Hypothesis bends: no test fails because a machine had no time, or by luck."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", UNHURRIED)
settings.register_profile("steady", UNHURRIED, derandomize=True, database=None)
settings.load_profile("steady")
