"""RULES: every rule of the readiness check, in one list. A new rule is one row here, and a function that yields marks."""

from readiness import doubling
from readiness.finding import Severity
from readiness.rule import Rule

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT

RULES: tuple[Rule, ...] = (
    Rule("R05", W, "The same words stand there twice in a row.", "Keep them once.", sees=doubling.doubled_words),
)
