"""The plan as data for other programs: JSON with everything that is computed of each goal, CSV with one row a goal.

Pure: a plan in, text out. Numbers are whole where they are whole, otherwise rounded to six places; what there is not
is null (an empty cell), and a list is never null. An `id` is unique: where two files share one, it is the path.
"""

import csv
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from goalkit.model.assessment import Assessment
from goalkit.model.goal import Box, Goal
from goalkit.model.graph import Task
from goalkit.plan import Plan
from goalkit.text import json_safe, visible

SCHEMA = 1
Json = dict[str, Any]

# A cell that begins so is run as a formula by spreadsheets; some split a row at `;`, tab or line end as well.
_FORMULA = re.compile(r"(^|[;\t\r\n])(\s*)(?=[=+\-@\uff0b\uff0d\uff1d\uff20])|^(?=[\t\r\n])")


def export_json(plan: Plan) -> str:
    """All goals of `plan`, sorted by id, as one JSON document that ends with a line feed."""
    return document(plan, {"goals": [goal_record(plan, key) for key in sorted(plan.graph.goals)]})


def export_csv(plan: Plan) -> str:
    """All goals of `plan`, sorted by id, one row each under a header; lines end with CR LF as in RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for key in sorted(plan.graph.goals):
        writer.writerow(_row(goal_record(plan, key)).values())
    return out.getvalue()


def document(plan: Plan, content: Json) -> str:
    """`content` under the schema number and the day, as every JSON output of the terminal has them."""
    whole = {"schema": SCHEMA, "today": plan.today.isoformat(), **content}
    return json_safe(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def goal_record(plan: Plan, key: str) -> Json:
    """Everything that is known and computed of one goal."""
    graph, goal, seen = plan.graph, plan.graph.goals[key], plan.assessments[key]
    return {
        **_written(key, goal, seen),
        "measure": _measure(seen),
        "value": plain(seen.level),
        "progress": plain(seen.progress),
        "expected": plain(seen.expected),
        "pace": seen.pace,
        "gap_days": seen.gap_days,
        "buffer_days": seen.buffer_days,
        "strength": plain(seen.strength),
        "stated": {"status": seen.stated.status, "date": _iso(seen.stated.day)} if seen.stated else None,
        "check_in": _check_in(seen),
        "forecast": _forecast(seen),
        "supports": list(graph.parents[key]),
        "supporters": list(graph.supporters[key]),
        "needs": list(graph.needs[key]),
        "values": list(graph.values_of[key]),
        "milestones": _counted(goal.milestones),
        "tasks": [_task(task) for task in graph.tasks_of.get(key, ())],
        "explain": {"progress": seen.explain_progress or None, "pace": seen.explain_pace or None},
        "findings": _codes(plan, goal),
    }


def plain(value: Fraction | Decimal | float | None) -> int | float | None:
    """`value` as JSON has it: an int where it is whole to six places, else a float of six places."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    rounded = round(Fraction(value), 6)
    return rounded.numerator if rounded.denominator == 1 else float(rounded)


def _written(key: str, goal: Goal, seen: Assessment) -> Json:
    return {
        "id": key,
        "title": goal.title,
        "path": goal.path,
        "status": goal.status,
        "horizon": seen.horizon,
        "start": _iso(goal.begins),
        "due": _iso(goal.due),
        "when": goal.when or None,
        "owner": goal.owner or None,
        "category": goal.category or None,
        "tags": list(goal.tags),
        "visibility": goal.visibility,
    }


def _measure(seen: Assessment) -> Json | None:
    measure = seen.measure
    if measure is None:
        return None
    return {
        "kind": measure.kind,
        "from": plain(measure.start),
        "target": plain(measure.target),
        "target_max": plain(measure.target_max),
        "unit": measure.unit or None,
        "direction": measure.direction,
        "period": measure.period,
        "text": measure.text,
    }


def _check_in(seen: Assessment) -> Json | None:
    rhythm = seen.rhythm
    if rhythm is None:
        return None
    return {
        "cadence": rhythm.cadence.text,
        "last": _iso(rhythm.last),
        "next": _iso(rhythm.next),
        "stale": rhythm.stale,
    }


def _forecast(seen: Assessment) -> Json | None:
    ahead = seen.forecast
    if ahead is None:
        return None
    return {"date": _iso(ahead.date), "early": _iso(ahead.early), "late": _iso(ahead.late)}


def _counted(boxes: Sequence[Box]) -> Json:
    """Boxes ticked of those that count; a cancelled one does not, nor does a step of another box."""
    counted = [box for box in boxes if not box.nested and box.state != "cancelled"]
    return {"done": sum(box.state == "done" for box in counted), "total": len(counted)}


def _task(task: Task) -> Json:
    box = task.box
    return {
        "text": box.text,
        "done": box.state == "done",
        "state": box.state,
        "due": _iso(box.due),
        "path": task.path,
        "line": box.line,
    }


def _codes(plan: Plan, goal: Goal) -> list[str]:
    """Codes of what is found in the goal's file; what others read (a shared export) holds none."""
    if plan.snapshot.shared_only:
        return []
    return sorted({found.code for found in plan.findings_by_path.get(goal.path, ())})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(record: Json) -> dict[str, str | int | float]:
    """One flat row of a goal record: nested fields by name, lists joined, text made safe for spreadsheets."""
    return {name: _cell(_reach(record, path)) for name, path in CSV_COLUMNS.items()}


def _reach(record: Json, path: str) -> Any:
    found: Any = record
    for step in path.split("."):
        found = found[step] if isinstance(found, Mapping) else None
    return found


def _cell(value: Any) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return value
        case [*items]:
            return visible(
                guarded("; ".join(str(i["text"]) if isinstance(i, Mapping) else str(i) for i in items))
            )
        case _:
            return visible(guarded(str(value)))


def guarded(text: str) -> str:
    """`text` with an apostrophe where a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return _FORMULA.sub(r"\1\2'", text)


CSV_COLUMNS: dict[str, str] = {
    **{name: name for name in ("id", "title", "path", "status", "horizon", "start", "due", "when", "owner")},
    **{name: name for name in ("category", "tags", "visibility")},
    "measure": "measure.text",
    **{
        name: f"measure.{name}"
        for name in ("kind", "from", "target", "target_max", "unit", "direction", "period")
    },
    **{
        name: name
        for name in ("value", "progress", "expected", "pace", "gap_days", "buffer_days", "strength")
    },
    "stated": "stated.status",
    "stated_on": "stated.date",
    "cadence": "check_in.cadence",
    "last_check_in": "check_in.last",
    "next_check_in": "check_in.next",
    "stale": "check_in.stale",
    "forecast": "forecast.date",
    "forecast_early": "forecast.early",
    "forecast_late": "forecast.late",
    **{name: name for name in ("supports", "supporters", "needs", "values")},
    "milestones_done": "milestones.done",
    "milestones_total": "milestones.total",
    "tasks": "tasks",
    "explain_progress": "explain.progress",
    "explain_pace": "explain.pace",
    "findings": "findings",
}
