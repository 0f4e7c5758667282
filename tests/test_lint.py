"""Coaching: each rule speaks where it should, at the right place, and is silent where it should be."""

from pathlib import Path

import pytest

from goalkit import explain, rules
from goalkit.diagnostics import Diagnostic
from goalkit.lint import examples, lint
from goalkit.plan import plan
from goalkit.wording import judge
from tests import vaults

SOUND = "measure: 12 talks\nstart: 2026-09-01\ndue: 2026-11-29"


def found(text: str, today: str = "2026-11-20") -> list[Diagnostic]:
    vault = vaults.vault(text, today)
    return lint(vault.snapshot, vault.assessments, vault.today)


def of(fields: str, body: str = "", today: str = "2026-11-20") -> list[Diagnostic]:
    """What is said of a vault of one goal."""
    vault = vaults.one(fields, body, today)
    return lint(vault.snapshot, vault.assessments, vault.today)


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    return [d.code for d in diagnostics]


def only(diagnostics: list[Diagnostic], code: str) -> Diagnostic:
    (diagnostic,) = [d for d in diagnostics if d.code == code]
    return diagnostic


def test_a_sound_goal_alone_in_its_vault_is_left_in_peace() -> None:
    assert of(f"title: Give talks at the library\n{SOUND}") == []


def test_the_two_sentences() -> None:
    assert codes(of("title: Set clear boundaries between work and home"))[:2] == ["GK301", "GK302"]
    said = codes(of("title: Leave work by 17:30 every workday this month"))
    assert not {"GK301", "GK302"} & set(said)


def test_every_finding_is_a_hint_with_something_to_type() -> None:
    everything = found(EVERYTHING)
    assert {d.code for d in everything} == {code for code, r in rules.RULES.items() if r.family == "coaching"}
    for one in everything:
        assert one.severity == "hint"
        assert len(one.message) <= 150, one.message
        assert one.hint
        assert "`" in one.hint or one.code in ("GK303", "GK309")


EVERYTHING = """
    === values/balance.md
    # Balance
    === projects/roof.md
    - [ ] Order slates
    === goals/boundaries.md
    ---
    title: Set clear boundaries
    ---
    === goals/late.md
    ---
    title: Read 20 papers
    start: 2026-01-01
    due: 2027-02-01
    measure: 30 hours / day
    supports: "[[thesis]]"
    check-in: never
    ---
    === goals/thesis.md
    ---
    title: Hand in the thesis
    start: 2026-01-01
    due: 2026-12-31
    ---
    === goals/novel.md
    ---
    title: Publish a novel
    start: 2026-01-01
    due: 2027-12-31
    ---
"""


@pytest.mark.parametrize("status", ["idea", "paused", "done", "partial", "missed", "dropped"])
def test_only_active_goals_are_coached(status: str) -> None:
    assert of(f"title: Be better\nstatus: {status}\ncheck-in: never\nmeasure: 30 hours / day") == []


def test_a_broken_file_is_left_in_peace() -> None:
    assert of("title: Be better: now\nstatus: active") == []


# --- specific and measurable ----------------------------------------------------------------------------------


def test_not_specific_stands_at_the_title() -> None:
    one = only(of("start: 2026-01-01\ntitle: Improve my communication"), "GK301")
    assert (one.path, one.line, one.col) == ("goals/g.md", 3, 8)
    assert one.message == "“Improve my communication” does not say yet what you will do"
    assert one.hint == "for example `Send the team a five-line summary every Friday`"


def test_the_heading_is_the_place_where_it_is_the_title() -> None:
    one = only(found("=== goals/g.md\n\n# Be more patient\n"), "GK301")
    assert (one.line, one.col) == (2, 3)


def test_the_file_name_is_read_as_words() -> None:
    one = only(found("=== goals/be-more-patient.md\n\nSome text.\n"), "GK301")
    assert (one.line, one.col) == (1, 1)


@pytest.mark.parametrize(
    "says",
    [
        "measure: 4 presentations",
        "measure: 30 minutes / day",
        "measure: <= 2 meetings / day",
    ],
)
def test_a_measure_with_a_unit_says_what_will_be_done(says: str) -> None:
    assert not {"GK301", "GK302"} & set(codes(of(f"title: Be more visible\n{says}")))


@pytest.mark.parametrize("says", ["measure: 3 / week", "measure: every day", "measure: 20"])
def test_a_bare_number_is_measurable_but_not_specific(says: str) -> None:
    said = codes(of(f"title: Be more visible\n{says}"))
    assert "GK301" in said
    assert "GK302" not in said


def test_milestones_make_it_specific_and_measurable() -> None:
    assert not {"GK301", "GK302"} & set(codes(of("title: Be more visible", "- [ ] Give the talk in May")))


def test_stepping_stones_make_it_specific_and_measurable() -> None:
    said = found(
        """
        === goals/visible.md
        # Be more visible
        === goals/talk.md
        ---
        title: Give the talk in May
        supports: "[[visible]]"
        ---
        """
    )
    assert not {"GK301", "GK302"} & {d.code for d in said}


def test_a_measure_of_milestones_without_any() -> None:
    one = only(of("title: Hand in the report\nmeasure: milestones"), "GK302")
    assert (one.line, one.col) == (3, 10)
    assert "none is written yet" in one.message


def test_a_measure_of_goals_without_any_is_said_once() -> None:
    short = of("title: Move to Research\nmeasure: goals")
    assert 'supports: "[[g]]"' in only(short, "GK302").hint
    long = of("title: Move to Research\nmeasure: goals\nhorizon: long-term")
    assert "GK302" not in codes(long)
    assert "GK306" in codes(long)


def test_nothing_hangs_on_an_unreadable_measure() -> None:
    assert not {"GK301", "GK302", "GK303", "GK305"} & set(codes(of("title: Be better\nmeasure: lots")))


@pytest.mark.parametrize(
    ("title", "example"),
    [
        ("Read more books this year", "Read 3 books every month"),
        ("Have fewer meetings", "Have 5 meetings a week at most"),
        ("Increase ticket sales", "Increase ticket sales by 15 % by the end of June"),
        ("Reduce technical debt", "Reduce technical debt by 20 % by the end of June"),
        ("Learn Polish by summer", "Learn Polish 30 minutes every workday"),
        ("Set clear boundaries between work and home", "Leave work by 17:30 every workday this month"),
        ("Enhance the frobnication", "Write down one small step every Friday"),
    ],
)
def test_the_example_fits_the_title(title: str, example: str) -> None:
    assert examples.countable(title) == example


def test_every_example_passes_its_own_rules() -> None:
    for sentence in (example for _, example in examples.FIELDS):
        assert judge(sentence).specific, sentence
        assert judge(sentence).measurable, sentence


# --- achievable -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        ("30 hours / day", "`30 hours / day` is more than a day has: 24 hours"),
        ("25 h / workday", "`25 h / workday` is more than a workday has: 24 h"),
        ("1,500 minutes / day", "`1,500 minutes / day` is more than a day has: 1,440 minutes"),
        ("200 focus hours / week", "`200 focus hours / week` is more than a week has: 168 hours"),
        ("8 days / week", "`8 days / week` is more than a week has: 7 days"),
        ("800 hours / month", "`800 hours / month` is more than a month has: 744 hours"),
        ("25..30 hours / day", "`25..30 hours / day` is more than a day has: 24 hours"),
    ],
)
def test_more_hours_than_a_period_has(measure: str, message: str) -> None:
    one = only(of(f"title: Study\nmeasure: {measure}"), "GK303")
    assert one.message == message
    assert (one.line, one.col) == (3, 10)


@pytest.mark.parametrize(
    "measure",
    [
        "24 hours / day",
        "1440 minutes / day",
        "<= 30 hours / day",
        "30 pages / day",
        "168 hours / week",
        "31 days / month",
    ],
)
def test_what_a_period_can_hold(measure: str) -> None:
    assert "GK303" not in codes(of(f"title: Study\nmeasure: {measure}"))


def test_the_example_of_fewer_hours_is_possible() -> None:
    for measure in ("30 hours / day", "25 h / workday", "10,999 minutes / week", "2 days / day"):
        hint = only(of(f"title: Study\nmeasure: {measure}"), "GK303").hint
        better = hint.removeprefix("for example `measure: ").removesuffix("`")
        assert "GK303" not in codes(of(f"title: Study\nmeasure: {better}"))


def test_more_hours_than_the_window_has() -> None:
    fields = "title: Study\nmeasure: {} hours\nstart: 2026-11-01\ndue: 2026-11-30"
    assert "the 30 days from 2026-11-01 to 2026-11-30" in only(of(fields.format(721)), "GK303").message
    assert "GK303" not in codes(of(fields.format(720)))


SLOW = "title: Answer letters\nmeasure: 50 letters\nstart: 2026-01-01\ndue: 2026-12-31"


def checked_in(*levels: tuple[str, object]) -> str:
    return "\n## Check-ins\n\n" + "\n".join(f"- {day}: {level}" for day, level in levels)


THREE = checked_in(("2026-02-01", 4), ("2026-04-01", 7), ("2026-06-01", 8))


def test_several_times_the_pace_so_far() -> None:
    one = only(of(SLOW, THREE, "2026-09-01"), "GK303")
    # 243 of 365 days for 8 of 50 letters; 122 days are left for 42.
    assert one.message == "42 letters to go in 122 days, 10 times the pace so far"
    assert one.hint == "twice that pace would reach 16; a nearer target or a later `due` is no failure"


def test_three_times_the_pace_is_not_several() -> None:
    # Half the window is over: what is left asks for (50 - v) / v times the pace so far.
    half = "2026-07-02"
    nearly = checked_in(("2026-02-01", 4), ("2026-04-01", 8), ("2026-06-30", "12.6"))
    assert "GK303" not in codes(of(SLOW, nearly, half))
    below = checked_in(("2026-02-01", 4), ("2026-04-01", 8), ("2026-06-30", 12))
    assert only(of(SLOW, below, half), "GK303").message.endswith("3.1 times the pace so far")


def test_nothing_moved_at_all() -> None:
    body = checked_in(("2026-02-01", 0), ("2026-04-01", 0), ("2026-06-01", 0))
    assert only(of(SLOW, body, "2026-09-01"), "GK303").message.endswith("nothing has moved so far")


def test_a_number_that_goes_down() -> None:
    fields = SLOW.replace("50 letters", "80 -> 40 letters")
    body = checked_in(("2026-02-01", 79), ("2026-04-01", 78), ("2026-06-01", 77))
    one = only(of(fields, body, "2026-09-01"), "GK303")
    assert one.message.startswith("37 letters to go")
    # 3 of 40 in 243 of 365 days; twice that in the 122 that are left makes 6.
    assert one.hint.startswith("twice that pace would reach 74")


@pytest.mark.parametrize(
    ("fields", "body", "today"),
    [
        (SLOW, checked_in(("2026-02-01", 4), ("2026-06-01", 8)), "2026-09-01"),  # two check-ins
        (
            SLOW,
            checked_in(("2026-01-05", 0), ("2026-01-10", 0), ("2026-02-01", 1)),
            "2026-02-15",
        ),  # too early
        (SLOW, THREE, "2027-02-01"),  # over: it is called overdue
        (SLOW + "\ncheckpoints:\n  - 2026-11-01 10", THREE, "2026-09-01"),  # planned otherwise
        (
            SLOW,
            checked_in(("2026-07-01", 1), ("2026-08-01", 2), ("2026-08-20", 7), ("2026-08-31", 13)),
            "2026-09-01",
        ),  # slow at first
    ],
    ids=["few check-ins", "early", "overdue", "checkpoints", "quick lately"],
)
def test_no_verdict_on_the_pace(fields: str, body: str, today: str) -> None:
    assert "GK303" not in codes(of(fields, body, today))


# --- relevant and time-bound ----------------------------------------------------------------------------------


def test_a_goal_that_serves_none_of_the_values() -> None:
    values = "=== values/craft.md\n# Craft\n=== values/calm.md\n# Calm\n"
    one = only(found(f"{values}=== goals/g.md\n---\ntitle: Give a talk\n---\n"), "GK304")
    assert one.hint == 'for example `values: "[[calm]]"`; other values are `craft`'


def test_an_inherited_value_is_served() -> None:
    said = found(
        """
        === values/craft.md
        # Craft
        === goals/guild.md
        ---
        values: craft
        ---
        === goals/talk.md
        ---
        supports: guild
        ---
        """
    )
    assert not {"GK304", "GK308"} & {d.code for d in said}


def test_without_values_only_a_short_term_goal_beside_a_long_term_one_is_asked() -> None:
    short = "=== goals/talk.md\n---\ntitle: Give a talk\n---\n"
    assert "GK304" not in codes(found(short))
    assert "GK304" not in codes(found(short + "=== goals/walk.md\n---\ntitle: Take a walk\n---\n"))
    said = found(short + "=== goals/guild.md\n---\ntitle: Found a guild\nhorizon: long-term\n---\n")
    assert [d.path for d in said if d.code == "GK304"] == ["goals/talk.md"]
    assert 'supports: "[[guild]]"' in only(said, "GK304").hint


def test_a_dead_link_is_no_ground_for_a_second_remark() -> None:
    text = "=== values/craft.md\n# Craft\n=== goals/g.md\n---\ntitle: Give a talk\nvalues: crafty\n---\n"
    assert "GK304" not in codes(found(text))


def test_no_date_and_no_event() -> None:
    one = only(of("title: Give a talk"), "GK305")
    assert one.hint == "for example `due: 2027-03-31`, or `when: my next review`"


@pytest.mark.parametrize(
    "fields",
    [
        "due: 2026-12-31",
        "when: the spring fair",
        "due: 31.12.2026",
        "measure: 3 hours / week",
        "title: Walk every day",
    ],
    ids=["due", "when", "unreadable due", "a habit", "a rhythm in the title"],
)
def test_time_bound_enough(fields: str) -> None:
    assert "GK305" not in codes(of(fields if "title" in fields else f"title: Give a talk\n{fields}"))


@pytest.mark.parametrize(
    ("period", "due"), [("week", "2026-W47"), ("month", "2026-11"), ("quarter", "2026-Q4"), ("year", "2026")]
)
def test_a_period_in_the_title_is_offered_as_due(period: str, due: str) -> None:
    one = only(of(f"title: Give a talk this {period}"), "GK305")
    assert one.hint == f"write `due: {due}`"
    assert "GK305" not in codes(of(f"title: Give a talk this {period}\ndue: {due}"))


# --- how things hang together ---------------------------------------------------------------------------------

LONG = "title: Found a guild\nstart: 2026-11-01\ndue: 2027-12-31"


def test_a_long_term_goal_without_a_stepping_stone() -> None:
    assert 'supports: "[[g]]"' in only(of(LONG), "GK306").hint
    assert (only(of(f"{LONG}\nhorizon: long-term"), "GK306").line) == 5


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("title: Give a talk\nstart: 2026-11-01\ndue: 2026-12-31", ""),
        (LONG, "- [ ] Find six members"),
        (f"{LONG}\nmeasure: 3 / week", ""),
        (f"{LONG}\nmeasure: <= 500 USD", ""),
        (f"{LONG}\nmeasure: 10 members".replace("2026-11-01", "2026-10-01"), checked_in(("2026-11-02", 3))),
        (LONG.replace("2027-12-31", "soon"), ""),
    ],
    ids=["short-term", "milestones", "habit", "limit", "on track", "unreadable due"],
)
def test_stepping_stones_enough(fields: str, body: str) -> None:
    assert "GK306" not in codes(of(fields, body))


def test_a_habit_that_calls_itself_long_term_wants_a_first_step() -> None:
    assert "GK306" in codes(of(f"{LONG}\nmeasure: 3 / week\nhorizon: long-term"))


def test_a_task_is_a_step() -> None:
    text = (
        f"=== goals/g.md\n---\n{LONG}\n---\n=== projects/p.md\n---\nsupports: g\n---\n- [ ] Book the hall\n"
    )
    assert "GK306" not in codes(found(text))


def test_never_looked_at() -> None:
    one = only(of(f"{LONG}\ncheck-in: never"), "GK307")
    assert (one.line, one.col) == (5, 11)
    assert one.hint == "for example `check-in: monthly`"


@pytest.mark.parametrize(
    "fields",
    [
        f"{LONG}\ncheck-in: monthly",
        LONG,
        f"{LONG}\nmeasure: goals\ncheck-in: never",
        "title: Give a talk\nstart: 2026-11-10\ndue: 2026-11-23\ncheck-in: never",
    ],
    ids=["a rhythm", "the default", "rolls up", "two weeks"],
)
def test_looked_at_enough(fields: str) -> None:
    assert "GK307" not in codes(of(fields))


def test_a_value_that_only_a_closed_goal_served() -> None:
    value = (
        "=== values/craft.md\n---\ntitle: Craft\n---\n=== goals/g.md\n---\nvalues: craft\nstatus: {}\n---\n"
    )
    one = only(found(value.format("done")), "GK308")
    assert (one.place, one.hint) == ("values/craft.md:2:8", 'in a goal write `values: "[[craft]]"`')
    for status in ("active", "paused", "idea"):
        assert "GK308" not in codes(found(value.format(status)))


def test_a_value_is_not_called_unserved_while_some_goal_cannot_be_read() -> None:
    value = "=== values/craft.md\n# Craft\n=== goals/g.md\n---\nvalues:\n  - a: b\n---\n"
    assert "GK308" not in codes(found(value))


FAMILY = """
=== goals/guild.md
---
title: Found a guild
start: 2026-03-01
due: 2026-12-31
status: {status}
---
=== goals/hall.md
---
title: Rent the hall
due: {due}
supports: guild
---
"""


def test_due_after_the_goal_it_leads_to() -> None:
    one = only(found(FAMILY.format(status="active", due="2027-03-31")), "GK309")
    assert one.place == "goals/hall.md:3:6"
    assert one.message == "this is due on 2027-03-31, after “Found a guild”, which it leads to (2026-12-31)"
    assert "`due: 2026-12-31`" in one.hint


def test_due_before_the_goal_it_leads_to_begins() -> None:
    one = only(found(FAMILY.format(status="active", due="2026-02-28")), "GK309")
    assert (
        one.message
        == "this is due on 2026-02-28, before “Found a guild”, which it leads to, begins (2026-03-01)"
    )


@pytest.mark.parametrize(
    ("status", "due"),
    [("active", "2026-12-31"), ("active", "2026-03-01"), ("done", "2027-03-31"), ("active", "soon")],
)
def test_due_in_time(status: str, due: str) -> None:
    assert "GK309" not in codes(found(FAMILY.format(status=status, due=due)))


def test_a_ring_is_not_told_about_its_dates() -> None:
    ring = FAMILY.format(status="active\nsupports: hall", due="2027-03-31")
    assert "GK309" not in codes(found(ring))


WORK = "=== goals/g.md\n---\ntitle: Give a talk\n---\n=== {path}\n---\n{fields}\n---\n- [x] Paint\n- [ ] Nails{link}\n- [/] Felt\n"


def test_a_project_whose_tasks_serve_no_goal() -> None:
    one = only(found(WORK.format(path="projects/roof.md", fields="title: Roof", link="")), "GK310")
    assert (one.path, one.line) == ("projects/roof.md", 5)
    assert one.message == "2 open tasks serve no goal"
    one = only(found(WORK.format(path="projects/roof.md", fields="title: Roof", link=" [[g]]")), "GK310")
    assert (one.line, one.message) == (6, "1 open task serves no goal")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("projects/roof.md", "supports: g"),
        ("projects/roof.md", "supports: gone"),
        ("projects/roof.md", "status: paused"),
        ("projects/roof.md", "supports:\n  - a: b"),
        ("weekly/2026-11-16.md", "title: Monday"),
    ],
    ids=["supports", "a dead link", "paused", "an unreadable field", "a foreign note"],
)
def test_work_left_in_peace(path: str, fields: str) -> None:
    assert "GK310" not in codes(found(WORK.format(path=path, fields=fields, link="")))


def test_work_is_not_asked_for_goals_where_there_are_none() -> None:
    assert codes(found("=== projects/roof.md\n- [ ] Nails\n")) == []


# --- the vault's own settings, and the documents --------------------------------------------------------------


def test_a_vault_can_switch_a_hint_off() -> None:
    text = '=== goalkit.toml\n[rules]\nGK305 = "off"\n=== goals/g.md\n# Give a talk\n'
    snap = vaults.load(text)
    assert [d.code for d in plan(snap, vaults.TODAY).findings] == []


def test_hints_say_nothing_of_private_goals_in_a_shared_vault() -> None:
    text = """
        === goals/open.md
        ---
        title: Give a talk
        visibility: shared
        ---
        === goals/secret.md
        ---
        title: Leave the company
        horizon: long-term
        ---
        """
    vault = vaults.vault(text, shared_only=True)
    said = lint(vault.snapshot, vault.assessments, vault.today)
    assert {d.path for d in said} == {"goals/open.md"}
    assert not any("secret" in d.message + d.hint for d in said)


def test_hidden_characters_of_a_title_stay_visible() -> None:
    for one in of('title: "Read more b\\u202eooks"'):
        assert "\u202e" not in one.message + one.hint


def test_the_rules_page_is_what_the_catalogue_says() -> None:
    page = Path(__file__).parent.parent / "docs" / "rules.md"
    made = explain.markdown(rules.RULES.values())
    assert page.read_text(encoding="utf-8") == made, "python -m goalkit.explain > docs/rules.md"
    assert [line.split()[1] for line in made.splitlines() if line.startswith("### ")] == list(rules.RULES)


def test_a_rule_is_told_within_the_width() -> None:
    told = explain.text(rules.NOT_SPECIFIC, width=60)
    assert told.startswith("GK301 not-specific (hint)\n")
    assert max(map(len, told.splitlines())) <= 60
    assert rules.NOT_SPECIFIC.good in told
