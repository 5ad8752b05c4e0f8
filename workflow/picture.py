"""The workflow as a table and a diagram, made from STEPS; the README holds the output, and a test keeps it equal."""

from proposals.states import State
from workflow.steps import STEPS, Step


def table() -> str:
    """STEPS as a Markdown table, one row for each."""
    rows = [("action", "from", "to", "by", "and"), ("---",) * 5]
    rows += [(step.action, _sources(step), str(step.target), _by(step), _conditions(step)) for step in STEPS]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def diagram() -> str:
    """STEPS as a Mermaid state diagram; withdrawal, possible nearly everywhere, is drawn from the two ends of the way."""
    lines = [f"    {state.value} : {state.label}" for state in State]
    arrows = dict.fromkeys(
        f"    {source.value} --> {step.target.value} : {step.action}" for step in STEPS for source in _drawn(step)
    )
    return "\n".join(["stateDiagram-v2", *lines, "    [*] --> draft", *arrows, "    issued --> [*]"])


def _sources(step: Step) -> str:
    return "any but issued" if set(step.sources) == set(State) - {State.ISSUED, State.WITHDRAWN} else ", ".join(step.sources)


def _by(step: Step) -> str:
    return ", ".join(role.name for role in step.by)


def _conditions(step: Step) -> str:
    held = [step.when.__doc__ or ""] if step.when.__doc__ != "–" else []
    held += [obstacle.__doc__ or "" for obstacle in step.obstacles]
    held += ["it prints; freezes a version"] if step.freezes else []
    held += ["reason required"] if step.reason else []
    held += ["post number, month, year given"] if step.action == "issue" else []
    held += ["the PDF goes to the JPO unit"] if step.delivers else []
    return "; ".join(held)


def _drawn(step: Step) -> list[State]:
    return [source for source in step.sources if step.action != "withdraw" or source in (State.DRAFT, State.SUBMITTED)]
