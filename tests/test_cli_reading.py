"""What each reading command tells: status, list, show, tree, why, and completion with Tab."""

import sys
from datetime import date
from pathlib import Path

import pytest

from goalkit.attention import KINDS, Need, needs_now
from goalkit.config import Config
from goalkit.plan import plan
from goalkit.snapshot import load
from goalkit.text import Source
from tests.command import TODAY, goal, run, write

YEAR = {"start": "2026-01-05", "due": "2026-12-31"}
VAULT = {
    "values/connection.md": "---\ntitle: Connection\n---\n",
    "values/craft.md": "---\ntitle: Craft\n---\n",
    "goals/be-known.md": goal(
        "Be known in the field", values='"[[connection]]"', measure="goals", owner="Mara", **YEAR
    ),
    "goals/know-fifty.md": goal(
        "Know fifty people",
        "## Check-ins\n\n- 2026-02-06: 11\n",
        supports='"[[be-known]]"',
        measure="50 people",
        tags="work/net",
        **YEAR,
    ),
    "goals/give-a-talk.md": goal(
        "Give a talk",
        "## Milestones\n\n- [x] Choose a subject\n- [ ] Write the abstract\n",
        supports='"[[be-known]]"',
        aliases="speak",
        due="2026-11-30",
        start="2026-11-02",
        check_in="monthly",
    ),
    "goals/learn-piano.md": goal("Learn the piano", status="idea"),
    "goals/run.md": goal("Run a race", status="done", due="2026-03-01", start="2026-01-01"),
    "projects/website.md": '---\ntitle: The website\nsupports: "[[be-known]]"\n---\n\n- [ ] Register a name\n',
    "weekly/2026-W47.md": "- [ ] Draft the abstract for Wren [[give-a-talk]]\n- [x] Coffee with Dele [[know-fifty]]\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write(tmp_path / "vault", VAULT)


def needs(*notes: tuple[str, str], today: str = TODAY) -> dict[str, Need]:
    sources = [Source(f"goals/{name}.md", text) for name, text in notes]
    found = needs_now(plan(load(sources, Config()), date.fromisoformat(today)))
    assert [need.urgency for need in found] == sorted(need.urgency for need in found)
    assert all(need.kind == KINDS[need.urgency] == need.reasons[0].kind for need in found)
    assert all(need.why and need.next for need in found)
    return {need.key: need for need in found}


# -- what needs me now ----------------------------------------------------------------------------


def test_a_goal_past_its_day_is_overdue_and_comes_first() -> None:
    found = needs(
        ("late", goal(start="2026-01-01", due="2026-11-08", measure="10 talks", check_in="never")),
        ("slow", goal(start="2026-01-01", due="2026-12-31", measure="10 talks", check_in="never")),
    )
    assert list(found) == ["late", "slow"]
    assert found["late"].kind == "overdue"
    assert found["late"].why == "was due 12 days ago, 0 % done"
    assert "close it" in found["late"].next
    assert found["slow"].kind == "off-track"


def test_a_goal_behind_says_how_far_and_how_much_more() -> None:
    need = needs(
        ("a", goal("Know fifty", "## Check-ins\n\n- 2026-11-16: 30\n", measure="50 people", **YEAR))
    )["a"]
    assert need.kind == "off-track"
    assert "days behind" in need.why
    assert need.next == "14 more people by Mon 23 Nov"


def test_all_reasons_of_a_goal_stand_on_its_one_row() -> None:
    text = goal(
        "Give a talk",
        "- [ ] Book the room 📅 2026-11-18\n",
        start="2026-10-01",
        due="2026-11-28",
        check_in="weekly",
    )
    need = needs(("a", text))["a"]
    assert {reason.kind for reason in need.reasons} >= {"deadline", "stale"}
    assert need.why.count("; ") == len({r.why for r in need.reasons}) - 1
    assert "“Book the room” was due 2 days ago" in need.why
    assert need.next == "do “Book the room”"


def test_a_check_in_due_shows_the_line_to_write() -> None:
    body = "## Check-ins\n\n- 2026-11-13: 46\n"
    need = needs(("a", goal("Know fifty", body, measure="50 people", **YEAR)))["a"]
    assert (need.kind, need.why) == ("check-in", "check-in due")
    assert "`- 2026-11-20: …`" in need.next
    late = needs(("a", goal("Know fifty", body, measure="50 people", **YEAR)), today="2026-11-22")["a"]
    assert late.why == "check-in due since Fri 20 Nov"


def test_a_reached_goal_is_not_nagged_but_may_be_closed() -> None:
    body = "## Check-ins\n\n- 2026-03-13: 50\n"
    need = needs(("a", goal("Know fifty", body, measure="50 people", **YEAR)))["a"]
    assert [reason.kind for reason in need.reasons] == ["reached"]
    assert "status: done" in need.next


def test_a_blocked_goal_names_what_it_waits_for() -> None:
    quiet = {"check_in": "never", "when": "some day"}
    found = needs(("a", goal("Publish", needs="b", **quiet)), ("b", goal("Write it up", **quiet)))
    assert found["a"].kind == "blocked"
    assert found["a"].next == "finish “Write it up” first"
    assert "b" not in found


def test_what_a_person_said_last_counts_against_the_numbers() -> None:
    body = "## Check-ins\n\n- 2026-11-19: 48 (off track) — I am tired.\n"
    need = needs(("a", goal("Know fifty", body, measure="50 people", **YEAR)))["a"]
    assert (need.kind, need.why) == ("off-track", "you said off track on Thu 19 Nov")
    later = body + "- 2026-11-20: 49\n"
    assert needs(("a", goal("Know fifty", later, measure="50 people", **YEAR))) == {}


@pytest.mark.parametrize("status", ["idea", "paused", "done", "partial", "missed", "dropped", "actve"])
def test_only_active_goals_are_nagged(status: str) -> None:
    assert needs(("a", goal(due="2026-01-31", start="2026-01-01", status=status))) == {}


def test_a_goal_that_has_not_begun_and_one_that_is_broken_are_left_in_peace() -> None:
    assert (
        needs(
            ("a", goal(start="2026-12-01", due="2026-12-02")), ("b", "---\ntitle: [\ndue: 2026-01-01\n---\n")
        )
        == {}
    )


def test_a_goal_held_back_by_a_stepping_stone_says_with_which_to_begin() -> None:
    found = needs(
        ("top", goal("Be known", measure="goals", check_in="never")),
        ("low", goal("Know fifty", supports="top", measure="50 people", check_in="never", **YEAR)),
    )
    assert found["top"].kind == "off-track"
    assert found["top"].next == "begin with “Know fifty”"


def test_deadlines_are_near_ones_only() -> None:
    steady = {"measure": "done", "start": "2026-06-01", "check_in": "never"}
    assert needs(("a", goal(due="2026-12-04", **steady)))["a"].kind == "deadline"
    assert needs(("a", goal(due="2026-12-05", **steady))) == {}


# -- status ---------------------------------------------------------------------------------------


def test_status_tells_each_goal_why_and_what_next(vault: Path) -> None:
    done = run("-C", vault, "status")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "Fri 20 Nov 2026  3 goals need you now"
    row = next(i for i, line in enumerate(lines) if "Know fifty people" in line)
    assert lines[row].split()[:3] == ["▼", "off", "track"]
    assert "behind" in lines[row + 1]
    assert lines[row + 2].strip().startswith("→ ")


def test_status_as_json(vault: Path) -> None:
    data = run("-C", vault, "status", "--json").json
    assert list(data) == ["schema", "today", "needs"]
    assert [list(need) for need in data["needs"]] == [["id", "title", "kind", "why", "next", "reasons"]] * 3


def test_status_says_so_when_nothing_needs_me(tmp_path: Path) -> None:
    calm = write(tmp_path / "calm", {"goals/a.md": goal(status="idea")})
    assert run("-C", calm, "status").out == "Fri 20 Nov 2026  Nothing needs you now.\n"
    empty = write(tmp_path / "empty", {})
    assert "No goals yet" in run("-C", empty, "status").out


def test_status_mentions_errors(tmp_path: Path) -> None:
    done = run("-C", write(tmp_path, {"goals/a.md": goal(status="idea", due="31.12.2026")}), "status")
    assert "1 error in the vault: `goalkit check`" in done.out
    assert done.code == 0


# -- list -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ((), ["be-known", "give-a-talk", "know-fifty", "learn-piano", "run"]),
        (("--status", "idea"), ["learn-piano"]),
        (("--status", "idea", "--status", "done"), ["learn-piano", "run"]),
        (("--status", "IDEA"), ["learn-piano"]),
        (("--value", "connection"), ["be-known", "give-a-talk", "know-fifty"]),
        (("--value", "[[Connection]]"), ["be-known", "give-a-talk", "know-fifty"]),
        (("--horizon", "long-term"), ["be-known", "know-fifty"]),
        (("--tag", "work"), ["know-fifty"]),
        (("--tag", "#Work/Net"), ["know-fifty"]),
        (("--tag", "wor"), []),
        (("--owner", "mara"), ["be-known"]),
        (("--due-before", "2026-12"), ["give-a-talk", "run"]),
        (("--due-before", "2026-12-31"), ["give-a-talk", "run"]),
        (("--pace", "off-track"), ["be-known", "know-fifty"]),
        (("--pace", "off-track", "--owner", "Mara"), ["be-known"]),
    ],
)
def test_list_filters(vault: Path, filters: tuple[str, ...], ids: list[str]) -> None:
    done = run("-C", vault, "list", "--json", *filters)
    assert [record["id"] for record in done.json["goals"]] == ids
    shown = run("-C", vault, "list", *filters)
    assert shown.code == 0
    assert sorted(line.split()[0] for line in shown.out.splitlines()[1:]) == ids


def test_list_puts_open_goals_first_and_the_earliest_due_before_others(vault: Path) -> None:
    first = [line.split()[0] for line in run("-C", vault, "list").out.splitlines()[1:]]
    assert first == ["give-a-talk", "be-known", "know-fifty", "learn-piano", "run"]


def test_list_records_are_those_of_the_export(vault: Path) -> None:
    assert run("-C", vault, "list", "--json").json == run("-C", vault, "export").json


def test_list_without_a_match_says_so_beside_the_output(vault: Path) -> None:
    done = run("-C", vault, "list", "--tag", "nothing")
    assert (done.code, done.out) == (0, "")
    assert "No goal" in done.err


# -- show -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["give-a-talk", "Give-A-Talk", "speak", "[[give-a-talk]]", "goals/give-a-talk", "give-a-talk.md"]
)
def test_show_finds_a_goal_as_links_do(vault: Path, typed: str) -> None:
    done = run("-C", vault, "show", typed)
    assert done.code == 0, done.err
    assert done.out.startswith("Give a talk\ngive-a-talk · goals/give-a-talk.md · private\n")


def test_show_tells_why_where_it_stands_and_what_is_next(vault: Path) -> None:
    shown = run("-C", vault, "show", "give-a-talk").out
    for part in (
        "1 of 2 milestones: 50 %.",
        "Be known in the field → Connection",
        "Mon 2 Nov to Mon 30 Nov (in 10 days)",
        "☑ Choose a subject",
        "☐ Write the abstract",
        "☐ Draft the abstract for Wren\n",
    ):
        assert part in shown, part


def test_show_as_json_is_the_record_of_the_export(vault: Path) -> None:
    record = run("-C", vault, "show", "know-fifty", "--json").json["goal"]
    assert record in run("-C", vault, "export").json["goals"]


def test_show_knows_values_and_projects(vault: Path) -> None:
    value = run("-C", vault, "show", "connection")
    assert "Served by" in value.out
    assert "Know fifty people" in value.out
    assert run("-C", vault, "show", "connection", "--json").json["value"]["served_by"] == [
        "be-known",
        "give-a-talk",
        "know-fifty",
    ]
    project = run("-C", vault, "show", "website")
    assert "supports Be known in the field" in project.out
    assert "☐ Register a name" in project.out
    assert run("-C", vault, "show", "website", "--json").json["project"]["supports"] == ["be-known"]


@pytest.mark.parametrize(
    ("typed", "near"),
    [("know-fity", "know-fifty"), ("talk", "give-a-talk"), ("piano", "learn-piano"), ("KNOWN", "be-known")],
)
def test_a_mistyped_id_says_the_nearest(vault: Path, typed: str, near: str) -> None:
    done = run("-C", vault, "show", typed)
    assert (done.code, done.out) == (2, "")
    assert f"did you mean `{near}`" in done.err


def test_an_id_that_two_files_share_is_not_guessed(tmp_path: Path) -> None:
    vault = write(tmp_path, {"goals/2026/a.md": goal("One"), "goals/2027/a.md": goal("Two")})
    done = run("-C", vault, "show", "a")
    assert done.code == 2
    assert "`goals/2026/a` or `goals/2027/a`" in done.err
    assert run("-C", vault, "show", "goals/2027/a").out.startswith("Two\n")


# -- tree and why ---------------------------------------------------------------------------------


def test_tree_puts_goals_under_those_they_support(vault: Path) -> None:
    lines = run("-C", vault, "tree").out.splitlines()
    assert [line.split("  ")[0] for line in lines] == [
        "▼ Be known in the field",
        "├─ ● Give a talk",
        "└─ ▼ Know fifty people",
        "· Learn the piano",
        "✓ Run a race",
    ]


def test_tree_of_one_goal_and_as_json(vault: Path) -> None:
    rows = run("-C", vault, "tree", "be-known", "--json").json["tree"]
    assert [(row["id"], row["depth"]) for row in rows] == [
        ("be-known", 0),
        ("give-a-talk", 1),
        ("know-fifty", 1),
    ]


def test_what_hangs_under_two_goals_is_opened_once(tmp_path: Path) -> None:
    files = {"a": "", "b": "", "c": "a, b", "d": "c"}
    vault = write(tmp_path, {f"goals/{k}.md": goal(k.upper(), supports=f'"{v}"') for k, v in files.items()})
    rows = run("-C", vault, "tree", "--json").json["tree"]
    assert [(row["id"], row["repeated"]) for row in rows] == [
        ("a", False), ("c", False), ("d", False), ("b", False), ("c", True),
    ]  # fmt: skip
    assert "C (as above)" in run("-C", vault, "tree").out


def test_a_chain_of_thousands_is_walked_without_recursion(tmp_path: Path) -> None:
    size = 2000
    files = {f"goals/g{i:04}.md": goal(f"Goal {i}", supports=f"g{i + 1:04}") for i in range(size)}
    vault = write(tmp_path, files)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    try:
        tree = run("-C", vault, "tree", env={"COLUMNS": "80"})
        why = run("-C", vault, "why", "g0000", env={"COLUMNS": "80"})
        show = run("-C", vault, "show", "g0000")
    finally:
        sys.setrecursionlimit(limit)
    assert (tree.code, why.code, show.code) == (0, 0, 0), tree.err + why.err + show.err
    assert len(tree.out.splitlines()) == size
    assert len(why.out.splitlines()) == size + 1


def test_why_leads_from_a_task_to_a_value(vault: Path) -> None:
    done = run("-C", vault, "why", "draft", "the", "abstract")
    assert done.code == 0
    titles = ["Draft the abstract for Wren", "Give a talk", "Be known in the field", "Connection"]
    assert [next(t for t in titles if t in line) for line in done.out.splitlines()] == titles
    assert "weekly/2026-W47.md:1" in done.out


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        (("give-a-talk",), [["goal", "long-term goal", "value"]]),
        (("choose", "subject"), [["milestone", "goal", "long-term goal", "value"]]),
        (("register a name",), [["task", "project", "long-term goal", "value"]]),
        (("website",), [["task", "project", "long-term goal", "value"]]),
        (("craft",), [["value"]]),
        (("learn-piano",), [["goal"]]),
        (
            ("abstract",),
            [["milestone", "goal", "long-term goal", "value"], ["task", "goal", "long-term goal", "value"]],
        ),
    ],
)
def test_why_names_each_step(vault: Path, typed: tuple[str, ...], kinds: list[list[str]]) -> None:
    chains = run("-C", vault, "why", "--json", *typed).json["chains"]
    assert [[step["kind"] for step in chain] for chain in chains] == kinds


def test_why_of_nothing_says_the_nearest(vault: Path) -> None:
    done = run("-C", vault, "why", "know-fitfy")
    assert done.code == 2
    assert "`know-fifty`" in done.err


# -- completion -----------------------------------------------------------------------------------


def completed(vault: Path, line: str, **more: str) -> list[str]:
    """What bash offers for a half-typed line, whose last word may be empty."""
    words = line.split(" ")
    env = {
        "_GOALKIT_COMPLETE": "bash_complete",
        "COMP_WORDS": line.replace("VAULT", str(vault)),
        "COMP_CWORD": str(len(words) - 1),
    } | more
    done = run(env=env)
    assert done.err == ""
    return [item.split(",", 1)[1] for item in done.out.splitlines() if item]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("goalkit ch", ["checkin", "check"]),
        ("goalkit -C VAULT show g", ["give-a-talk"]),
        ("goalkit -C VAULT show we", ["website"]),
        ("goalkit -C VAULT tree ", ["be-known", "give-a-talk", "know-fifty", "learn-piano", "run"]),
        ("goalkit -C VAULT why KNOW", ["know-fifty"]),
        ("goalkit -C VAULT list --value c", ["connection", "craft"]),
        ("goalkit -C VAULT list --tag w", ["work/net"]),
        ("goalkit -C VAULT list --owner m", ["Mara"]),
        ("goalkit list --pace o", ["on-track", "off-track", "overdue"]),
        ("goalkit explain gk20", [f"GK20{i}" for i in range(1, 8)]),
        ("goalkit -C /nowhere/at/all show x", []),
    ],
)
def test_tab_completes(vault: Path, line: str, offered: list[str]) -> None:
    assert completed(vault, line) == offered


def test_tab_knows_the_vault_of_the_environment(vault: Path) -> None:
    assert completed(vault, "goalkit show g", GOALKIT_VAULT=str(vault)) == ["give-a-talk"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_says_how_to_install_it(shell: str) -> None:
    script = run("completion", shell)
    assert script.code == 0
    assert f"{shell}_complete" in script.out
    assert script.out.splitlines()[-1].startswith("# To use this: ")
    assert f"goalkit completion {shell}" in script.out
    assert script.out.startswith("#compdef goalkit") == (shell == "zsh")


def test_a_narrow_list_never_cuts_an_id(tmp_path: Path) -> None:
    name = "a-goal-with-an-id-of-some-length"
    root = write(tmp_path, {f"goals/{name}.md": goal("A title that is longer than its terminal is wide")})
    assert name in run("-C", root, "list", env={"COLUMNS": "44"}).out


def test_an_empty_vault_says_how_the_first_goal_is_made(tmp_path: Path) -> None:
    assert '`goalkit new "' in run("-C", write(tmp_path, {}), "status").out


def test_explain_takes_names_with_spaces_and_words_of_them() -> None:
    assert run("explain", "check", "in", "slip").out.startswith("GK120 check-in-slip")
    listed = run("explain", "check in").out
    assert "check-in-slip" in listed
    assert "not-specific" not in listed
