"""Edits read as if typed by hand: in the file's own style, in their place, and nothing else."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goalkit.author.check_in import Entry, check_in
from goalkit.author.closing import close, continued
from goalkit.author.fields import as_written, field_key, set_field
from goalkit.author.manuscript import Facts, Manuscript, Refused
from goalkit.author.milestones import Candidate, tick
from goalkit.config import Config
from goalkit.model.goal import Goal
from goalkit.text import Source
from goalkit.vault import edits, fields

CONFIG = Config()
DAY = date(2026, 11, 20)
HEAD = "---\ntitle: Know fifty people\nmeasure: 50 people\n---\n\n"


def checked_in(text: str, entry: Entry | None = None) -> str:
    return check_in(CONFIG, entry or Entry(DAY, "12", note="Two more."))(Source("goals/g.md", text))


def with_field(text: str, key: str, *values: str) -> str:
    return set_field(CONFIG, key, as_written(key, values))(Source("goals/g.md", text))


def goal(text: str) -> Goal:
    return Manuscript.read(Source("goals/g.md", text), CONFIG).goal


# --- check-ins ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("- 2026-01-09: 4\n", "- 2026-01-09: 4\n- 2026-11-20: 12 — Two more.\n"),
        ("* 2026-01-09: 4\n", "* 2026-01-09: 4\n* 2026-11-20: 12 — Two more.\n"),
        ("1. 2026-01-09: 4\n", "1. 2026-01-09: 4\n2. 2026-11-20: 12 — Two more.\n"),
        ("  - 2026-01-09: 4\n", "  - 2026-01-09: 4\n  - 2026-11-20: 12 — Two more.\n"),
        ("-   2026-01-09: 4\n", "-   2026-01-09: 4\n-   2026-11-20: 12 — Two more.\n"),
        ("- [[2026-01-09]]: 4\n", "- [[2026-01-09]]: 4\n- [[2026-11-20]]: 12 — Two more.\n"),
        ("- [[log/2026-01-09]]: 4\n", "- [[log/2026-01-09]]: 4\n- [[log/2026-11-20]]: 12 — Two more.\n"),
        ("- 2026-01-09: 4 | Old.\n", "- 2026-01-09: 4 | Old.\n- 2026-11-20: 12 | Two more.\n"),
        ("- 2026-01-09: 4 -- Old.\n", "- 2026-01-09: 4 -- Old.\n- 2026-11-20: 12 -- Two more.\n"),
        ("- 2026-01-09: 4", "- 2026-01-09: 4\n- 2026-11-20: 12 — Two more.\n"),
        ("- 2026-01-09: 4  \n\n\n", "- 2026-01-09: 4  \n- 2026-11-20: 12 — Two more.\n\n\n"),
        ("- 2026-01-09: 4\u00a0\n", "- 2026-01-09: 4\u00a0\n- 2026-11-20: 12 — Two more.\n"),
        ("- 2026-01-09: 4\n  More.\n\n  And more.\n", "- 2026-01-09: 4\n  More.\n\n  And more.\n- 2026-11-20: 12 — Two more.\n"),
        ("- 2026-01-09: 4\n\n- 2026-02-09: 5\n", "- 2026-01-09: 4\n\n- 2026-02-09: 5\n\n- 2026-11-20: 12 — Two more.\n"),
        ("- 2026-11-20: 11\n- 2027-01-01: 20\n", "- 2026-11-20: 11\n- 2026-11-20: 12 — Two more.\n- 2027-01-01: 20\n"),
        ("- 2027-01-01: 20\n", "- 2026-11-20: 12 — Two more.\n- 2027-01-01: 20\n"),
        ("- 2026-11-13: 9\n- 2026-01-09: 4\n", "- 2026-11-20: 12 — Two more.\n- 2026-11-13: 9\n- 2026-01-09: 4\n"),
        ("- 2026-11-20: 9\n- 2026-01-09: 4\n", "- 2026-11-20: 9\n- 2026-11-20: 12 — Two more.\n- 2026-01-09: 4\n"),
        ("- 2026-01-09: 4\n\n## Later\n", "- 2026-01-09: 4\n- 2026-11-20: 12 — Two more.\n\n## Later\n"),
        ("- an aside\n", "- an aside\n- 2026-11-20: 12 — Two more.\n"),
        ("", "- 2026-11-20: 12 — Two more.\n"),
        ("Said weekly.\n\n## Later\n", "Said weekly.\n\n- 2026-11-20: 12 — Two more.\n\n## Later\n"),
        ("## Later\n", "- 2026-11-20: 12 — Two more.\n\n## Later\n"),
    ],
)  # fmt: skip
def test_a_check_in_has_the_goals_own_style_and_its_place(log: str, expected: str) -> None:
    section = f"{HEAD}## Check-ins\n\n"
    assert checked_in(section + log) == section + expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "## Check-ins\n\n- 2026-11-20: late\n"),
        ("\ufeff", "\ufeff## Check-ins\n\n- 2026-11-20: late\n"),
        ("Why.", "Why.\n\n## Check-ins\n\n- 2026-11-20: late\n"),
        ("Why.\n", "Why.\n\n## Check-ins\n\n- 2026-11-20: late\n"),
        ("Why.  \n", "Why.  \n\n## Check-ins\n\n- 2026-11-20: late\n"),
        ("Why.\r\n", "Why.\r\n\r\n## Check-ins\r\n\r\n- 2026-11-20: late\r\n"),
        ("Why.\r", "Why.\r\r## Check-ins\r\r- 2026-11-20: late\r"),
        (
            "---\r\ntitle: x\r\n---",
            "---\r\ntitle: x\r\n---\r\n\r\n## Check-ins\r\n\r\n- 2026-11-20: late\r\n",
        ),
        ("Why.\n\n\n", "Why.\n\n\n## Check-ins\n\n- 2026-11-20: late\n"),
        (" \n\n", "## Check-ins\n\n- 2026-11-20: late\n \n\n"),
        ("```\n## Check-ins\n```\n", "```\n## Check-ins\n```\n\n## Check-ins\n\n- 2026-11-20: late\n"),
    ],
)
def test_the_first_check_in_makes_its_section(text: str, expected: str) -> None:
    assert checked_in(text, Entry(DAY, note="late")) == expected


def test_a_section_has_the_name_that_the_vault_gives_it() -> None:
    config = Config(check_ins=("verlauf", "check-ins"))
    assert "## Verlauf\n" in check_in(config, Entry(DAY, note="spät"))(Source("goals/g.md", "Warum.\n"))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Entry(DAY, "+2"), "2026-11-20: +2"),
        (Entry(DAY, status="at-risk"), "2026-11-20: (at risk)"),
        (Entry(DAY, "12", "off-track", "Ill."), "2026-11-20: 12 (off track) — Ill."),
        (Entry(DAY, "12 people", note="Ill."), "2026-11-20: 12 people — Ill."),
        (Entry(DAY, "= -3"), "2026-11-20: = -3"),
        (Entry(DAY, note="Ill."), "2026-11-20: Ill."),
        (Entry(DAY, note="2 weeks lost"), "2026-11-20: 2 weeks lost"),
        (Entry(DAY, note="12"), "2026-11-20: — 12"),
        (Entry(DAY, note="yes"), "2026-11-20: — yes"),
        (Entry(DAY, note=" two\n\nlines\x1b[0m \u202e"), "2026-11-20: two lines [0m"),
        (Entry(DAY, note="- [ ] no box\n---\n# no heading"), "2026-11-20: — - [ ] no box --- # no heading"),
        (Entry(DAY, typed="12 (at risk) - Ill."), "2026-11-20: 12 (at risk) - Ill."),
        (Entry(DAY, typed="slow week"), "2026-11-20: slow week"),
    ],
)
def test_the_line_of_a_check_in(entry: Entry, expected: str) -> None:
    assert checked_in(HEAD, entry).endswith(f"\n- {expected}\n")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (Entry(DAY, "7,5"), "write `7.5`"),
        (Entry(DAY, "12 pages"), "people"),
        (Entry(DAY, "met two"), "is no value"),
        (Entry(DAY, "12 — a note"), "is no value"),
        (Entry(DAY, "12", note="(at risk) again"), "other words"),
        (Entry(DAY, typed="1:30"), "plain number"),
    ],
)
def test_what_would_not_count_is_refused(entry: Entry, says: str) -> None:
    with pytest.raises(Refused, match=says):
        checked_in(HEAD, entry)


@pytest.mark.parametrize("tail", ["```\ncode", "~~~\n", "<!-- hidden", "<script>\n"])
def test_where_a_line_would_be_swallowed_nothing_is_written(tail: str) -> None:
    with pytest.raises(Refused, match="by hand"):
        checked_in(HEAD + tail)


# --- fields ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "key", "values", "after"),
    [
        ("due: 2026-12-31", "due", ("2027",), "due: 2027-12-31"),
        ("due: 2026-12-31", "start", ("2026-Q1",), "start: 2026-01-01\ndue: 2026-12-31"),
        ("due:  2026-12-31   # moved", "due", ("2027-01-31",), "due:  2027-01-31   # moved"),
        ("due:", "due", ("2027-01-31",), "due: 2027-01-31"),
        ("due: ~ # when?", "due", ("2027-01-31",), "due: 2027-01-31 # when?"),
        ("title: \"Old\"", "title", ("New", "one"), "title: \"New one\""),
        ("title: 'Old'", "title", ("Don't",), "title: 'Don''t'"),
        ("title: Old", "title", ("New: the #1",), 'title: "New: the #1"'),
        ("title: Old", "title", ("007",), "title: 007"),
        ("Title: Old", "title", ("New",), "Title: New"),
        ("tags: [a, b]", "tags", ("c", "d e", "f, g"), 'tags: [c, d e, "f, g"]'),
        ("tags:\n- a\n- b", "tags", ("c",), "tags:\n- c"),
        ("tags:\n    - a\n\nowner: me", "tags", ("b", "c"), "tags:\n    - b\n    - c\n\nowner: me"),
        ("tags: a", "tags", ("b",), "tags: b"),
        ("tags: a", "tags", ("b", "c"), "tags:\n  - b\n  - c"),
        ("tags:", "tags", ("b", "c"), "tags:\n  - b\n  - c"),
        ("supports: old", "supports", ("new",), "supports: new"),
        ('supports: "[[old]]"', "supports", ("new",), 'supports: "[[new]]"'),
        ("supports:\n  - old", "supports", ("new", "b"), "supports:\n  - new\n  - b"),
        ("title: x", "supports", ("new",), 'title: x\nsupports:\n  - "[[new]]"'),
        ("supports:\n  - a\n# of mine\nvalues: b", "weight", ("2",), "supports:\n  - a\nweight: 2\n# of mine\nvalues: b"),
        ("title: |\n  Two\n  lines\nowner: me", "due", ("2027",), "title: |\n  Two\n  lines\ndue: 2027-12-31\nowner: me"),
        ("my-own:\n  deep: 1\nowner: me", "title", ("x",), "title: x\nmy-own:\n  deep: 1\nowner: me"),
        ("title: x\nmy-own: [1,\n  2]\nowner: me", "due", ("",), "title: x\nmy-own: [1,\n  2]\nowner: me"),
        ("title: x\ndue: 2027 # soon\nowner: me", "due", ("",), "title: x\nowner: me"),
        ("title: x\ntags:\n  - a\n  - b\n\nowner: me", "tags", (" ",), "title: x\n\nowner: me"),
        ("check_in: weekly", "check-in", ("monthly",), "check_in: monthly"),
        ("due: 31.3.2027", "due", ("2027-03-31",), "due: 2027-03-31"),
    ],
)  # fmt: skip
def test_a_field_is_set_as_a_person_would(before: str, key: str, values: tuple[str, ...], after: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"---\n{before}\n---\n\nWhy.\n".replace("\n", end)
        assert with_field(text, key, *values) == f"---\n{after}\n---\n\nWhy.\n".replace("\n", end)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "---\nowner: me\n---\n"),
        ("# Title\n", "---\nowner: me\n---\n\n# Title\n"),
        ("\r\nText\r\n", "---\r\nowner: me\r\n---\r\n\r\nText\r\n"),
        ("\ufeffText\n", "\ufeff---\nowner: me\n---\n\nText\n"),
        ("---\n---\nText\n", "---\nowner: me\n---\nText\n"),
        ("---\n# only a comment\n---\n", "---\n# only a comment\nowner: me\n---\n"),
    ],
)
def test_front_matter_is_made_where_there_is_none(text: str, after: str) -> None:
    assert with_field(text, "owner", "me") == after


@pytest.mark.parametrize(
    ("fields", "key", "values", "says"),
    [
        ("due: 2026-12-31", "due", ("soon",), "not a date"),
        ("start: 2026-12-31", "due", ("2026-01-01",), "before it starts"),
        ("title: x", "status", ("complete",), "did you mean `done`"),
        ("title: x", "measure", (">= 50",), "write `50`"),
        ("title: x", "weight", ("-1",), "not a weight"),
        ("title: x", "check-in", ("every tuesday",), "weekly on tuesday"),
        ("title: |\n  x", "title", ("y",), "by hand"),
        ("tags:\n  - a # why\n  - b", "tags", ("c",), "by hand"),
        ("{title: x}", "owner", ("me",), "YAML"),
        ("title: [x", "owner", ("me",), "bracket"),
        ("due: 31.3.2027", "owner", ("me",), "not a date"),
    ],
)
def test_what_would_not_read_is_refused(fields: str, key: str, values: tuple[str, ...], says: str) -> None:
    with pytest.raises(Refused, match=says):
        with_field(f"---\n{fields}\n---\n", key, *values)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Due", "due"),
        ("checkin", "check-in"),
        ("check_in", "check-in"),
        ("tag", "tags"),
        ("alias", "aliases"),
    ],
)
def test_a_field_has_more_than_one_spelling(typed: str, key: str) -> None:
    assert field_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "hint"), [("deu", "`due`"), ("parent", "`supports`"), ("mood", "fields are")]
)
def test_a_field_that_is_none_is_refused(typed: str, hint: str) -> None:
    with pytest.raises(Refused, match=hint):
        field_key(typed)


def test_every_field_of_the_format_has_its_place() -> None:
    assert set(edits._ORDER) == set(fields.NAMES)


# --- ticking and closing -------------------------------------------------------------------------------------------

BOXES = "Text.\n\n- [ ] Call\n- [ ] Call\n- [ ] Write\n- [X] Old\n"


def ticked(text: str, typed: str, line: int) -> str:
    box = next(b for b in Manuscript.read(Source("goals/g.md", BOXES), CONFIG).body.boxes if b.text in typed)
    from dataclasses import replace

    return tick(CONFIG, Candidate("goals/g.md", replace(box, line=line), typed, 1))(
        Source("goals/g.md", text)
    )


def test_a_tick_is_one_character_in_the_notes_own_spelling() -> None:
    assert ticked(BOXES, "- [ ] Write", 5) == BOXES.replace("[ ] Write", "[X] Write")
    assert ticked(BOXES.replace("X", "x"), "- [ ] Write", 5) == BOXES.replace("X", "x").replace(
        "[ ] W", "[x] W"
    )


def test_of_two_equal_lines_the_one_in_its_place_is_meant() -> None:
    assert ticked(BOXES, "- [ ] Call", 4).splitlines()[2:4] == ["- [ ] Call", "- [X] Call"]


def test_a_line_that_moved_is_found_while_it_is_the_only_one() -> None:
    assert "[X] Write" in ticked("More.\n\n" + BOXES, "- [ ] Write", 5)
    with pytest.raises(Refused, match="more than once"):
        ticked("More.\n\n" + BOXES, "- [ ] Call", 9)
    with pytest.raises(Refused, match="no longer there"):
        ticked(BOXES, "- [ ] Write letters", 5)


def test_closing_writes_in_three_places() -> None:
    text = f"{HEAD}Why.\n\n## Check-ins\n\n- 2026-01-09: 4\n"
    after = close(CONFIG, "partial", DAY, "Ask\nsooner.")(Source("goals/g.md", text))
    assert after == (
        "---\ntitle: Know fifty people\nstatus: partial\nmeasure: 50 people\n---\n\nWhy.\n\n## Check-ins\n\n"
        "- 2026-01-09: 4\n- 2026-11-20: closed as partial\n\n## Review\n\nAsk sooner.\n"
    )


def test_closing_needs_no_line_on_the_day_of_one() -> None:
    text = f"{HEAD}## Check-ins\n\n- 2026-11-20: 50\n"
    assert close(CONFIG, "done", DAY)(Source("goals/g.md", text)) == text.replace(
        "\nmeasure", "\nstatus: done\nmeasure"
    )


def test_a_review_that_is_there_gets_one_paragraph_more() -> None:
    text = f"{HEAD}## Review\n\nOld.\n\n## Check-ins\n\n- 2026-11-20: 50\n"
    after = close(CONFIG, "done", DAY, "- [ ] # New.")(Source("goals/g.md", text))
    assert "## Review\n\nOld.\n\n\\- [ ] # New.\n\n## Check-ins\n" in after
    assert not goal(after).body.boxes


def test_what_goes_on_has_the_fields_a_new_window_and_the_open_milestones() -> None:
    text = (
        "---\ntitle: x # mine\nstatus: partial\nstart: 2026-01-01\ndue: 2026-06-30\ncheckpoints:\n  - 2026-03-31 2\n"
        'supports:\n  - "[[up]]"\naliases: [y]\n---\n\nWhy.\n\n## Milestones\n\n- [x] A\n- [ ] B 📅 2026-09-01\n- [-] C\n'
    )
    after = continued(Source("goals/g.md", text), CONFIG, DAY, date(2027, 6, 30))
    assert after == (
        '---\ntitle: x # mine\nstart: 2026-11-20\ndue: 2027-06-30\nsupports:\n  - "[[up]]"\n---\n\n'
        "Continues [[g]].\n\n## Milestones\n\n- [ ] B 📅 2026-09-01\n"
    )


# --- any text ----------------------------------------------------------------------------------------------------

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LIKELY = st.text(
    st.sampled_from("ab 12.,:;-+|—–()[]{}#*_`'\"<>!&@%~^\\/\n\r\t=ßé名\u00a0\u200b\u2028"), max_size=24
)
BODIES = (
    "",
    "## Check-ins\n\n- 2026-11-13: 4 — Old.\n",
    "## Milestones\n\n- [ ] A\n\n## Check-ins\n\n* 2026-11-13: 4 | Old.\n\n## Later\n\nText.\n",
)
WIDE = settings(max_examples=1_000, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.parametrize("body", BODIES)
@WIDE
@given(note=ANY | LIKELY, value=st.sampled_from(["", "12", "+2", "yes"]))
@example(note="---", value="")
@example(note="(on track)", value="12")
@example(note="| a | b |", value="")
def test_any_note_is_one_check_in_more_or_is_refused(body: str, note: str, value: str) -> None:
    text = HEAD + body
    try:
        after = checked_in(text, Entry(DAY, value, note=note))
    except Refused:
        return
    before, now = goal(text), goal(after)
    new = now.check_ins[-1]
    assert now.check_ins[:-1] == before.check_ins or len(now.check_ins) == len(before.check_ins) + 1
    assert (new.day, new.note) == (DAY, edits.one_line(note))
    assert [b.state for b in now.milestones] == [b.state for b in before.milestones]
    assert now.title == before.title
    assert "\r" not in after
    assert after.endswith("\n")
    assert not any(line != line.rstrip() for line in after.split("\n"))


@WIDE
@given(title=ANY | LIKELY)
@example(title="null")
@example(title="[[x]]")
@example(title="a: b")
@example(title="x #y")
def test_any_title_reads_back(title: str) -> None:
    try:
        after = with_field(HEAD, "title", title)
    except Refused:
        return
    line = edits.one_line(title)
    assert goal(after).title == (line or "g")
    assert goal(after).measure == goal(HEAD).measure


@WIDE
@given(learned=ANY | LIKELY)
@example(learned="# x")
@example(learned="1) x")
@example(learned="[a]: b")
@example(learned="| a |\n|---|")
def test_any_review_is_a_paragraph(learned: str) -> None:
    text = HEAD + BODIES[2]
    try:
        after = close(CONFIG, "done", DAY, learned)(Source("goals/g.md", text))
    except Refused:
        return
    now = goal(after)
    assert now.status == "done"
    assert [b.state for b in now.body.boxes] == ["open"]
    assert len(now.check_ins) == 2
    assert after.count("\n## ") == (4 if edits.one_line(learned) else 3)


# --- the guard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["swallow", "double", "elsewhere", "other value"])
def test_the_guard_fires_where_the_writer_is_broken(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit.text import Edit, Span

    right = edits.append_check_in

    def broken(source: Source, *args: object) -> Edit:
        edit = right(source, *args)  # type: ignore[arg-type]
        match wrong:
            case "swallow":
                return Edit(Span(edit.span.start - 3, edit.span.end), edit.text)
            case "double":
                return Edit(edit.span, edit.text + edit.text.lstrip("\n"))
            case "elsewhere":
                return Edit(Span(len(HEAD), len(HEAD)), edit.text.lstrip("\n") + "\n\n")
            case _:
                return Edit(edit.span, edit.text.replace("12", "13"))

    monkeypatch.setattr(edits, "append_check_in", broken)
    with pytest.raises(Refused, match=r"by hand|touching"):
        checked_in(HEAD + BODIES[1])


@pytest.mark.parametrize("offset", [-2, 3])
def test_the_guard_fires_where_a_tick_goes_astray(offset: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit.text import Edit, Span

    monkeypatch.setattr(
        edits,
        "tick",
        lambda box, mark: Edit(Span(box.mark_span.start + offset, box.mark_span.end + offset), mark),
    )
    with pytest.raises(Refused, match="touching"):
        ticked(BOXES, "- [ ] Write", 5)


@pytest.mark.parametrize("extra", ["status: done\n", "# ", "visibility: shared\n"])
def test_the_guard_fires_where_a_field_brings_another(extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from goalkit.text import Edit

    right = edits.set_field

    def broken(*args: object) -> Edit:
        edit = right(*args)  # type: ignore[arg-type]
        return Edit(edit.span, extra + edit.text)

    monkeypatch.setattr(edits, "set_field", broken)
    with pytest.raises(Refused):
        with_field(HEAD, "owner", "me")


def test_the_guard_compares_all_that_a_note_says() -> None:
    names = {"kind", "fields", "prose", "boxes", "items", "check_ins", "links"}
    assert set(Facts.__slots__) == names
