"""What holds of every input: hypothesis makes them."""

import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, example, given, note, settings
from hypothesis import strategies as st

from goalkit import config as configuration
from goalkit import text as texts
from goalkit.config import Config
from goalkit.dates import (
    PERIODS,
    Days,
    add_days,
    add_months,
    nearest_weekday,
    parse_days,
    period_of,
    periods_in,
)
from goalkit.model.cadence import grace, next_check_in, parse_cadence
from goalkit.model.goal import Cadence
from goalkit.model.measure import Measure, Mistake, parse_measure, parse_quantity
from goalkit.model.path import Path as Line
from goalkit.model.path import steps, straight, through
from goalkit.text import Edit, Source, Span
from goalkit.vault import body, html, reader
from goalkit.vault import note as notes
from goalkit.vault.check_in import parse_line
from tests.allowed import check
from tests.vaults import Vault, vault_of

CHECKOUT = Path(__file__).resolve().parent.parent
DAYS = st.dates()
NEAR = st.dates(date(2025, 12, 1), date(2027, 2, 1))


# --- no number is ever wrong in kind -----------------------------------------------------------------------------


def numbers_in(value: object) -> Iterator[object]:
    """Every number anywhere in a value of dataclasses and collections."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from numbers_in(getattr(value, one.name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from numbers_in(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from numbers_in(item)
    elif isinstance(value, int | float | Decimal | Fraction):
        yield value


def all_is_sound(vault: Vault) -> None:
    """Shares lie within 0 and 1, and nothing in the model or in what is computed is NaN or infinite."""
    assert set(vault.assessments) == set(vault.graph.goals)
    for one in vault.assessments.values():
        for share in (one.progress, one.expected, one.strength):
            assert share is None or 0 <= share <= 1
        assert (one.gap_days is None) or abs(one.gap_days) < 4_000_000
        assert one.buffer_days is None or one.buffer_days >= 0
    for number in numbers_in([vault.graph.goals, vault.assessments]):
        assert math.isfinite(number)  # type: ignore[arg-type]


def lines_lie_inside(source: Source, found: object) -> None:
    for one in found:  # type: ignore[attr-defined]
        assert 1 <= one.line <= len(source.line_starts)
        assert 1 <= one.col <= len(source.line(one.line)) + 2
        assert 0 <= one.span.start <= one.span.end <= len(source.text)
        assert one.message.strip()
        assert not texts.has_hidden(one.message + one.hint)


# --- measures ----------------------------------------------------------------------------------------------------

figures = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False).map(str),
    st.integers(1000, 10**7).map(lambda n: f"{n:,}"),
    st.sampled_from(
        ["0", "0.5", "10k", "1.5M", "$500", "€20", "60%", "63 %", "1e999", "NaN", "inf", "٣", "9" * 400]
    ),
)
units = st.sampled_from(["", "connections", "USD", "%", "kg", "tickets / week", "minutes", "x"])
measure_texts = st.one_of(
    st.builds("{} {}".format, figures, units),
    st.builds("{} {} {} {}".format, figures, st.sampled_from(["->", "→", "to"]), figures, units),
    st.builds("-{} -> {} {}".format, figures, figures, units),
    st.builds("<= {} {}".format, figures, units),
    st.builds("{}{} {}{}{}".format, st.sampled_from(["", "<= "]), figures, units, st.sampled_from([" / ", " per ", " a "]), st.sampled_from(PERIODS)),
    st.builds("{}..{} {} / {}".format, figures, figures, units, st.sampled_from(PERIODS)),
    st.builds("every {}".format, st.sampled_from([*PERIODS, "night", "tuesday", "now and then"])),
    st.sampled_from(["milestones", "goals", "done"]),
    st.text(max_size=40),
)  # fmt: skip


def printed(measure: Measure) -> str:
    """A measure in the plainest notation, from its fields alone."""
    unit = f" {measure.unit}" if measure.unit else ""
    rate = f" / {measure.period}" if measure.period else ""
    if measure.kind in ("milestones", "goals", "done"):
        return measure.kind
    if measure.kind == "count":
        return f"{measure.start:f} -> {measure.target:f}{unit}"
    if measure.direction == "between":
        return f"{measure.target:f}..{measure.target_max:f}{unit}{rate}"
    most = "<= " if measure.direction == "at-most" else ""
    return f"{most}{measure.target:f}{unit}{rate}"


@settings(max_examples=3000)
@given(measure_texts)
def test_a_measure_written_out_again_is_the_same_measure(text: str) -> None:
    first = parse_measure(text)
    if isinstance(first, Mistake):
        assert first.message
        assert first.hint
        return
    again = parse_measure(printed(first))
    assert isinstance(again, Measure)
    facts = [(m.kind, m.start, m.target, m.target_max, m.unit, m.direction, m.period) for m in (first, again)]
    assert facts[0] == facts[1]
    assert all(math.isfinite(n) for n in (first.start, first.target, first.target_max) if n is not None)


@settings(max_examples=500)
@given(st.text(max_size=60))
def test_any_text_is_a_quantity_or_none(text: str) -> None:
    found = parse_quantity(text)
    assert found is None or math.isfinite(found[0].value)


amounts = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3",
        "5",
        "7.5",
        "10",
        "11",
        "42",
        "50",
        "100",
        "1,000",
        "+1",
        "+2",
        "-1",
        "= -3",
        "yes",
        "no",
        "skip",
        "x",
    ]
)
status_words = st.sampled_from(["", " (on track)", " (at risk)", " (off track)"])


@st.composite
def check_ins(draw: st.DrawFn, most: int = 8) -> str:
    lines = []
    for _ in range(draw(st.integers(0, most))):
        day = draw(NEAR)
        if draw(st.booleans()):
            lines.append(f"- {day}: {draw(amounts)}{draw(status_words)}")
        else:
            lines.append(f"- {day}..{add_days(day, draw(st.integers(0, 40)))}: skip")
    return "## Check-ins\n\n" + "\n".join(lines) + "\n"


@settings(max_examples=2000)
@given(measure_texts, check_ins(), NEAR, NEAR, NEAR, st.booleans())
def test_progress_is_none_or_within_its_bounds_whatever_is_measured(
    measure: str, lines: str, start: date, due: date, today: date, dated: bool
) -> None:
    window = f"start: {start}\ndue: {due}\n" if dated else ""
    quoted = measure.replace("'", "''").replace("\n", " ")
    source = Source("goals/g.md", f"---\nmeasure: '{quoted}'\n{window}---\n{lines}")
    all_is_sound(vault_of([source], today))


def test_ten_thousand_measures_give_a_share_or_none() -> None:
    random, today = Random(2026), date(2026, 7, 1)
    files = []
    for i in range(10_000):
        a, b = (random.choice([0, 1, 5, 7.5, -3, 100, 10**6, 999_999_999_999_999]) for _ in range(2))
        unit = random.choice(["", "kg", "%"])
        form = random.choice(
            [
                "{a} {u}",
                "{a} -> {b} {u}",
                "<= {a} {u}",
                "{a} {u} / week",
                "<= {a} / month",
                "{a}..{b} h / night",
                "{a} / 0",
            ]
        )
        line = "".join(
            f"- 2026-0{m}-1{m}: {random.choice(['', '+', '-', '= -'])}{random.choice([0, 1, 7.5, 10**14])}\n"
            for m in (1, 3, 6)
        )
        measure = form.format(a=a, b=b, u=unit).strip()
        files.append(
            Source(
                f"goals/g{i}.md",
                f"---\nmeasure: {measure}\nstart: 2026-01-01\ndue: 2026-12-31\n---\n## Check-ins\n{line}",
            )
        )
    vault = vault_of(files, today)
    all_is_sound(vault)
    assert sum(one.progress is not None for one in vault.assessments.values()) > 3_000


# --- dates -------------------------------------------------------------------------------------------------------


@settings(max_examples=500)
@given(DAYS, st.integers(-(10**6), 10**6), st.sampled_from(PERIODS))
@example(date.min, -1, "week")
@example(date.max, 1, "week")
@example(date(9999, 12, 1), 1, "year")
def test_date_arithmetic_never_overflows(day: date, by: int, period: str) -> None:
    assert isinstance(add_days(day, by), date)
    assert isinstance(add_months(day, by), date)
    span = period_of(day, period)  # type: ignore[arg-type]
    assert span.first <= day <= span.last
    assert abs((nearest_weekday(day, by % 7) - day).days) <= 3


@settings(max_examples=300)
@given(DAYS, st.integers(0, 900), st.sampled_from(PERIODS))
@example(date(9999, 12, 1), 900, "week")
def test_periods_of_a_window_are_those_with_half_their_days_in_it(
    first: date, length: int, period: str
) -> None:
    window = Days(first, add_days(first, length))
    found = periods_in(window, period)  # type: ignore[arg-type]
    assert [s.first for s in found] == sorted({s.first for s in found})
    wanted = {}
    for offset in range(-370, length + 371):
        day = add_days(first, offset)
        span = period_of(day, period)  # type: ignore[arg-type]
        inside = (
            sum(window.first <= add_days(span.first, i) <= window.last for i in range(span.length))
            if span not in wanted
            else 0
        )
        if span not in wanted:
            wanted[span] = 2 * inside >= span.length and not (period == "workday" and day.weekday() > 4)
    assert [s for s, ok in sorted(wanted.items(), key=lambda i: i[0].first) if ok] == found


@settings(max_examples=500)
@given(st.text(max_size=20) | st.from_regex(r"\d{4}(-(Q\d|W\d\d|\d\d(-\d\d(T.*)?)?))?", fullmatch=True))
def test_any_text_names_days_or_none(text: str) -> None:
    found = parse_days(text)
    assert found is None or (1900 <= found.last.year <= 3000 and found.first <= found.last)


@settings(max_examples=300)
@given(
    st.text(max_size=30)
    | st.builds(
        "every {} {}s on {}".format,
        st.integers(0, 999),
        st.sampled_from(["day", "week", "month", "quarter"]),
        st.sampled_from(["friday", "mon", "x"]),
    ),
    DAYS,
)
def test_any_text_is_a_cadence_or_a_mistake(text: str, last: date) -> None:
    found = parse_cadence(text)
    if isinstance(found, Cadence):
        following = next_check_in(found, last)
        assert following is None or following >= add_days(last, 1) or last > date(9990, 1, 1)
        assert grace(found) in (1, 3, 7)
    else:
        assert found.message
        assert found.hint


# --- the line expected -------------------------------------------------------------------------------------------


@st.composite
def lines_expected(draw: st.DrawFn) -> Line:
    first = draw(NEAR)
    window = Days(first, add_days(first, draw(st.integers(0, 60))))
    pieces = draw(st.sampled_from([0, 1, 3, 10, 50]))
    kind = draw(st.sampled_from(["straight", "through", "steps"]))
    if kind == "straight":
        return straight(window, pieces)
    if kind == "steps":
        return steps([add_days(first, draw(st.integers(0, 40))) for _ in range(draw(st.integers(1, 6)))])
    days = sorted({add_days(first, draw(st.integers(-3, 63))) for _ in range(draw(st.integers(0, 4)))})
    shares = [Fraction(draw(st.integers(-2, 14)), 10) for _ in days]
    return through(window, list(zip(days, shares, strict=True)), pieces)


@settings(max_examples=2000)
@given(lines_expected(), st.integers(-5, 70), st.integers(0, 99))
def test_the_gap_is_what_counting_the_days_gives(line: Line, offset: int, hundredths: int) -> None:
    first, last = line.knots[0][0], line.knots[-1][0]
    today = add_days(first, offset)
    progress = Fraction(hundredths, 100)
    if line.pieces:
        progress = Fraction(math.floor(progress * line.pieces), line.pieces)
    day = today
    if line.expected(today) <= progress:
        while day < max(last, today) and line.expected(day + timedelta(1)) <= progress:
            day += timedelta(1)
    else:
        while day >= first and line.expected(day) > progress:
            day -= timedelta(1)
    note(f"{line} {today} {progress}")
    assert line.enough_until(progress, today) == day


@settings(max_examples=500)
@given(lines_expected())
def test_what_is_expected_goes_from_nothing_to_all(line: Line) -> None:
    assert [d for d, _ in line.knots] == sorted({d for d, _ in line.knots})
    assert line.expected(line.knots[0][0]) == 0
    if line.knots[-1][1] == 1:  # a checkpoint on the last day may plan otherwise
        assert line.expected(add_days(line.knots[-1][0], 1)) == 1
    if line.pieces:
        assert all(line.expected(add_days(line.knots[0][0], i)) * line.pieces % 1 == 0 for i in range(70))


# --- random vaults -----------------------------------------------------------------------------------------------


@st.composite
def goal_files(draw: st.DrawFn, name: str, names: list[str]) -> Source:
    lines = []
    if draw(st.booleans()):
        lines += [f"start: {draw(NEAR)}", f"due: {draw(NEAR)}"]
    if draw(st.integers(0, 2)):
        lines.append(
            f"measure: '{draw(measure_texts.filter(lambda t: chr(39) not in t and t.isprintable()))}'"
        )
    if draw(st.booleans()):
        lines.append(
            f"status: {draw(st.sampled_from(['active', 'idea', 'paused', 'done', 'partial', 'missed', 'dropped']))}"
        )
    if draw(st.booleans()):
        lines.append(f"weight: {draw(st.sampled_from([0, 0.5, 1, 2, 7]))}")
    if draw(st.booleans()):
        lines.append(f"check-in: {draw(st.sampled_from(['daily', 'weekly on friday', 'monthly', 'never']))}")
    for key in ("supports", "needs"):
        if others := draw(st.lists(st.sampled_from(names), max_size=2, unique=True)):
            lines.append(f"{key}: {', '.join(others)}")
    if draw(st.booleans()):
        lines.append(f"checkpoints:\n  - {draw(NEAR)} {draw(st.integers(-5, 60))}")
    boxes = draw(
        st.lists(
            st.sampled_from(
                [
                    "- [ ] a",
                    "- [x] b 📅 2026-05-05",
                    "- [-] c",
                    "- [/] d",
                    "  - [ ] e",
                    "1. [ ] f 📅 2026-09-09",
                    "> - [ ] g",
                ]
            ),
            max_size=6,
        )
    )
    head = draw(st.sampled_from(["", "## Milestones\n"]))
    return Source(
        f"goals/{name}.md",
        "---\n" + "\n".join(lines) + "\n---\n" + head + "\n".join(boxes) + "\n" + draw(check_ins(4)),
    )


@st.composite
def vaults(draw: st.DrawFn, most: int = 7) -> list[Source]:
    names = [f"g{i}" for i in range(draw(st.integers(1, most)))]
    return [draw(goal_files(name, names)) for name in names]


@settings(max_examples=400)
@given(vaults(), NEAR)
def test_every_number_of_a_vault_is_none_or_within_its_bounds(files: list[Source], today: date) -> None:
    vault = vault_of(files, today)
    all_is_sound(vault)
    for source in files:
        lines_lie_inside(source, [d for d in vault.diagnostics if d.path == source.path])


@settings(max_examples=400)
@given(vaults(), NEAR, st.randoms(use_true_random=False))
def test_ticking_a_box_never_lowers_progress(files: list[Source], today: date, random: Random) -> None:
    before = vault_of(files, today)
    boxes = [(g.path, b) for g in before.graph.goals.values() for b in g.body.boxes if b.state != "done"]
    assume(boxes)
    path, box = random.choice(boxes)
    ticked = [
        Source(s.path, texts.apply(s.text, [Edit(box.mark_span, "x")])) if s.path == path else s
        for s in files
    ]
    after = vault_of(ticked, today)
    for key, one in before.assessments.items():
        now = after[key].progress
        assert one.progress is None or (now is not None and now >= one.progress)


@settings(max_examples=400)
@given(vaults(), NEAR)
def test_a_roll_up_lies_between_the_least_and_the_greatest_of_its_supporters(
    files: list[Source], today: date
) -> None:
    vault = vault_of(files, today)
    for key, one in vault.assessments.items():
        own = vault.goal(key)
        said = [c.kind for c in own.check_ins if c.day <= today and c.kind in ("yes", "no")]
        if one.measure is None or one.measure.kind != "goals" or own.status == "done" or said[-1:] == ["yes"]:
            continue
        parts = [
            p
            for k in vault.graph.supporters[key]
            if vault.goal(k).status not in ("dropped", "idea") and vault.goal(k).weight
            if (p := vault[k].progress) is not None
        ]
        if key in vault.graph.cyclic or not parts:
            assert one.progress is None
        else:
            assert one.progress is not None
            assert min(parts) <= one.progress <= max(parts)


# --- rings -------------------------------------------------------------------------------------------------------


def linked(edges: dict[str, list[str]], field: str = "supports") -> list[Source]:
    return [
        Source(
            f"goals/{k}.md",
            f"---\n{field}: {', '.join(others)}\n---\n" if others else "---\nstart: 2026\n---\n",
        )
        for k, others in edges.items()
    ]


def knots(edges: dict[str, list[str]]) -> set[frozenset[str]]:
    """The sets of goals that reach each other, by plain reachability."""
    reach = {k: set(v) for k, v in edges.items()}
    for middle in edges:
        for k in edges:
            if middle in reach[k]:
                reach[k] |= reach[middle]
    return {frozenset(o for o in edges if o in reach[k] and k in reach[o]) for k in edges if k in reach[k]}


@st.composite
def digraphs(draw: st.DrawFn, most: int = 60) -> dict[str, list[str]]:
    n = draw(st.integers(1, most))
    random = draw(st.randoms(use_true_random=False))
    count = draw(st.integers(0, 2 * n))
    edges: dict[str, list[str]] = {f"n{i}": [] for i in range(n)}
    for _ in range(count):
        a, b = (f"n{random.randrange(n)}" for _ in range(2))
        if b not in edges[a]:
            edges[a].append(b)
    return edges


@settings(max_examples=150)
@given(digraphs())
def test_one_error_for_each_knot_of_goals_and_a_tree_without_a_ring(edges: dict[str, list[str]]) -> None:
    vault = vault_of(linked(edges))
    wanted = knots(edges)
    assert vault.codes() == ["GK205"] * len(wanted)
    assert vault.graph.cyclic == frozenset(k for knot in wanted for k in knot)
    for ring in vault.graph.cycles:
        assert any(set(ring) <= knot for knot in wanted)
        assert all(b in vault.graph.parents[a] for a, b in pairwise((*ring, ring[0])))
    assert set(vault.graph.order) == set(edges) == set(vault.assessments)
    place = {key: i for i, key in enumerate(vault.graph.order)}
    for key, parents in vault.graph.tree_parents.items():
        assert all(place[key] < place[p] for p in parents)
        assert set(parents) <= set(vault.graph.parents[key])
        assert len(vault.graph.chain(key)) < len(edges)
        cut = set(vault.graph.parents[key]) - set(parents)
        assert all(any({key, p} <= knot for knot in wanted) for p in cut)


@settings(max_examples=50)
@given(digraphs(20))
def test_goals_that_wait_for_each_other_are_said_once(edges: dict[str, list[str]]) -> None:
    assert vault_of(linked(edges, "needs")).codes() == ["GK206"] * len(knots(edges))


# --- the same input, the same result -----------------------------------------------------------------------------


@settings(max_examples=100)
@given(vaults(), NEAR, st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(files: list[Source], today: date, random: Random) -> None:
    shuffled = [Source(s.path, s.text) for s in files]
    random.shuffle(shuffled)
    first, second = vault_of(files, today), vault_of(shuffled, today)
    assert repr(first.graph.goals) == repr(second.graph.goals)
    assert repr(first.assessments) == repr(second.assessments)
    assert repr(first.diagnostics) == repr(second.diagnostics)


TELL = """
import sys
from pathlib import Path
from tests.allowed import check
from tests.vaults import assessed
from goalkit import snapshot
from goalkit.vault import disk
for root in sys.argv[1:]:
    reading = disk.read(Path(root))
    vault = assessed(snapshot.load(reading.sources, reading.config, reading.diagnostics))
    g = vault.graph
    print(g.goals, g.values, g.projects, g.notes, g.parents, g.tree_parents, g.values_of, g.cycles, g.order, g.tasks, g.backlinks)
    print(vault.assessments)
    print(vault.diagnostics)
"""


def test_hash_seed_and_time_zone_change_nothing() -> None:
    told = set()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Niue"), ("2", "Pacific/Kiritimati")):
        done = subprocess.run(
            [sys.executable, "-c", TELL, "sample-vault", "tests/hostile/vault"],
            cwd=CHECKOUT,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "PYTHONIOENCODING": "utf-8:backslashreplace",
            },
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr.decode()
        told.add(
            re.sub(rb"frozenset\(\{(.*?)\}\)", lambda m: b",".join(sorted(m[1].split(b", "))), done.stdout)
        )
    assert len(told) == 1
    assert len(told.pop()) > 100_000


# --- reading never raises ----------------------------------------------------------------------------------------

line_ends = st.sampled_from(["\n", "\r\n", "\r"])
matter_pieces = st.sampled_from(
    ["---", "---", "----", "--- ", " ---", "...", "+++", "\ufeff", "title: ", "Learn: Go", "due: 2026-02-30", "measure: ", "status: ",
     "visibility: shared", "visiblity", ": ", "[[", "]]", "- ", "  - ", "\t", "&a ", "*a", "<<: ", "!!", "!!python/object:os.system ", "{", "}", "[", "]", '"', "'", "|\n", ">\n",
     "# c", " #c", "@home", "`x`", "%YAML 1.2", "\x00", "\x85", "\u2028", "\x0b", "\u202e", "null", "~", "yes", "1:30", "0o7", "key: value", "supports: ", "tags: a, b", "? ", "<<<<<<< HEAD", "=======", "weight: -1", "weight: 1e9"]
)  # fmt: skip
matter = st.builds("".join, st.lists(st.one_of(matter_pieces, line_ends, st.text(max_size=3)), max_size=40))
fenced = st.builds(
    "{1}---{2}{0}{2}---{2}{3}".format,
    matter,
    st.sampled_from(["", "", "\ufeff"]),
    line_ends,
    st.text(max_size=20),
)


@settings(max_examples=1500)
@given(st.one_of(st.text(), matter, fenced))
@example("---\r---")
@example("---\n---")
@example("\ufeff---\r\ntitle: x\r\n---\r\n")
@example("---\n" + "[" * 50_000 + "\n---\n")
@example("---\na: &a [x]\nb: *a\n---\n")
def test_front_matter_never_raises_and_says_where(text: str) -> None:
    source = Source("goals/x.md", text)
    for strict in (True, False):
        front, found = notes.read(source, strict=strict)
        lines_lie_inside(source, found)
        assert 0 <= front.yaml_span.start <= front.yaml_span.end <= len(text)
        assert 0 <= front.body <= len(text)
        for one in front.fields.values():
            assert 0 <= one.key_span.start <= one.key_span.end <= one.span.end <= len(text)
            for item in one.items:
                if not item.style and "\n" not in item.text and " " not in item.text:
                    assert source.text[item.span.start : item.span.end].strip() == item.text.strip()


@settings(max_examples=700)
@given(
    st.sampled_from(["goals/x.md", "values/x.md", "projects/x.md", "vision.md", "x.md"]),
    st.one_of(st.text(), matter, fenced),
)
def test_a_whole_note_never_raises_and_is_private_with_an_error(path: str, text: str) -> None:
    source = Source(path, text)
    entries, found = reader.read_all([source], Config())
    lines_lie_inside(source, found)
    assert len(entries) == 1
    if any(d.severity == "error" for d in found):
        assert entries[0].visibility == "private"
    if entries[0].visibility == "shared":
        assert re.search(r"visibility[\"']?\s*:\s*[\"']?shared", text, re.IGNORECASE)


body_pieces = st.sampled_from(
    ["- [ ] ", "- [x] ", "* [-] ", "+ [/] ", "1. [ ] ", "  - [ ] ", "    - [x] ", "\t- [ ] ", "> ", "> - [ ] ", "> [!tip] ", "# ", "## Milestones", "## Check-ins", "### x",
     "```", "~~~", "<!--", "-->", "<div>", "<script>alert(1)</script>", "[[a]]", "[[a|b]]", "![[a]]", "[x](a.md)", "[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](//evil.example)", "[x](http://a.example)",
     "![i](http://a.example/i.png)", "[r]: http://a.example", "[r]", "`code`", "``", "**b**", "_i_", "~~s~~", "| a | b |", "|---|:-:|", "---", "===", "📅 2026-02-30", "✅ 2026-01-01", "[due:: 2026-01-01]",
     "2026-01-01: 4", "- 2026-01-01: 4 — n", "- 2026-01-01..2026-01-03: skip", "%%", "^id", "#tag", "\x00", "\x85", "\u2028", "\x0b", "\u202e", "&lt;", "&#x6A;avascript:", "\\", "{{7*7}}", "<img src=x onerror=1>", "word"]
)  # fmt: skip
markdown = st.builds(
    "".join,
    st.lists(st.one_of(body_pieces, body_pieces, line_ends, st.just("\n"), st.text(max_size=4)), max_size=60),
)


@settings(max_examples=1500)
@given(markdown)
@example("## Check-ins\n- 2026-01-01: 4\n" * 3)
def test_a_body_never_raises_and_every_place_in_it_is_right(text: str) -> None:
    source = Source("goals/x.md", "---\n---\n" + text)
    read = body.outline(source, 8, milestones=("Milestones",), check_ins=("Check-ins",))
    for box in (*read.body.boxes, *read.milestones):
        assert source.position(box.span.start) == (box.line, 1)
        assert source.line(box.line) == source.text[box.span.start : box.span.end]
        around = source.text[box.mark_span.start - 1 : box.mark_span.end + 1]
        assert len(around) == 3
        assert around[0] + around[2] == "[]"
        assert box.span.start < box.mark_span.start < box.span.end
    assert len({b.mark_span for b in read.body.boxes}) == len(read.body.boxes)
    for item in read.check_in_items:
        assert source.position(item.span.start)[0] == item.line
        assert source.text[item.span.start : item.span.end].startswith(item.text.split("\n")[0].rstrip()[:5])
    for link in read.body.links:
        written = source.text[link.span.start : link.span.end]
        assert written.startswith(("[", "!["))
        assert written.endswith(("]]", ")"))
    assert len(set(read.body.links)) == len(read.body.links)
    for span in read.body.omitted:
        assert 0 <= span.start <= span.end <= len(text)
    body.prose(read.body)


@settings(max_examples=1500)
@given(
    st.one_of(st.text(), st.builds("{}{}".format, st.sampled_from(["2026-01-01: ", "2026-01-01", "2026-01-01..2026-01-05: ", "[[2026-01-01]]: ", "1.2.2026: "]), st.text() | amounts)),
    measure_texts,
)  # fmt: skip
def test_a_check_in_line_never_raises(text: str, measure: str) -> None:
    read = parse_measure(measure)
    for by in (None, read if isinstance(read, Measure) else None):
        line = parse_line(text, by)
        value = getattr(line, "value", None)
        assert value is None or math.isfinite(value)
        if line.problem:
            assert all(part.strip() for part in line.problem)


# --- edits -------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(
    st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.text(max_size=4)), max_size=5)
)
def test_edits_change_what_they_name_and_nothing_else(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, at = [], 0
    for gap, length, new in wanted:
        start = min(at + gap, len(text))
        end = min(start + length, len(text))
        edits.append(Edit(Span(start, end), new))
        at = end
    made = texts.apply(text, reversed(edits) if not any(e.span.start == e.span.end for e in edits) else edits)
    expected, at = "", 0
    for edit in edits:
        expected += text[at : edit.span.start] + edit.text
        at = edit.span.end
    assert made == expected + text[at:]


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        texts.apply("abcdef", [Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")])


@settings(max_examples=500)
@given(st.text(), st.data())
def test_positions_and_lines_agree(text: str, data: st.DataObject) -> None:
    source = Source("a.md", text)
    assert len(source.line_starts) == len(re.split(r"\r\n|\r|\n", text))
    assert [source.line(i + 1) for i in range(len(source.line_starts))] == re.split(r"\r\n|\r|\n", text)
    offset = data.draw(st.integers(0, len(text)))
    line, col = source.position(offset)
    assert source.line_starts[line - 1] <= offset
    assert 1 <= col <= len(source.line(line)) + 3
    assert not texts.has_hidden(texts.visible(text))
    assert texts.fold(texts.fold(text)) == texts.fold(text)


@settings(max_examples=300)
@given(st.text("abcde", max_size=7), st.text("abcde", max_size=7))
def test_the_distance_of_words_is_a_distance(a: str, b: str) -> None:
    near = texts.distance(a, b, 3)
    assert near == texts.distance(b, a, 3)
    assert (near == 0) == (a == b)
    assert abs(len(a) - len(b)) <= near or near == 4


@settings(max_examples=300)
@given(st.text() | matter)
@example("today = 2026-02-30")
@example("a = " + "[" * 5000)
@example("[rules]\nGK101 = 'of'\n[folders]\ngoals = 3")
def test_any_settings_are_read_or_complained_about(text: str) -> None:
    source = Source("goalkit.toml", text)
    config, found = configuration.parse(source)
    assert isinstance(config, Config)
    lines_lie_inside(source, found)


# --- pages -------------------------------------------------------------------------------------------------------


@settings(max_examples=1500)
@given(markdown | st.text())
@example("<!-- x -->")
@example(
    "[a](javascript:alert(1)) [b](&#106;avascript:x) ![c](data:image/svg+xml,x) [d](//h/x) <http://e.example>"
)
@example("# location\n\n# __proto__\n\n| a |\n|:-:|\n| b |")
@example('[[a|<img src=x onerror=alert(1)>]] ```"><script>\n```')
def test_a_page_holds_only_what_is_allowed(text: str) -> None:
    made = html.render(text, lambda target: f"page/{len(target)}.html" if "a" in target else None)
    check(made.html)
