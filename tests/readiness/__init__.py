"""The readiness check: its rules against real defects, planted ones and clean texts."""
