"""`goalkit init`: a vault from nothing, from answers, and inside of what is there."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from goalkit.author import beginnings
from goalkit.cli import cli, init, new, writing
from tests.command import run
from tests.terminal import talk

ANSWERS = [
    "I ask before I answer",
    "I finish what I begin.",
    "",
    "Ran the branch survey alone",
    "curiosity, Courage and craft",
    "Kept the choir together",
    "",
    "",
    "rest, Curiosity",
    "teaching",
    "status meetings",
    "a question nobody asked before",
    "Up early, writing",
    "strange numbers",
    "Lead a team of my own by the end of 2028",
    "courage",
    "Chair the guild meeting twice by June",
    "",
]
MADE = {
    "goalkit.toml": 'title = "My goals"\ncheck-in = "weekly"\n',
    "values/curiosity.md": "---\ntitle: Curiosity\n---\n\nRan the branch survey alone.\n",
    "values/courage.md": "---\ntitle: Courage\n---\n\nRan the branch survey alone.\n",
    "values/craft.md": "---\ntitle: Craft\n---\n\nRan the branch survey alone.\n",
    "values/rest.md": "---\ntitle: Rest\n---\n",
    "vision.md": """\
---
title: The work I want
---

I ask before I answer. I finish what I begin.

## What I am proud of

Kept the choir together.

## More of

Teaching.

## Less of

Status meetings.

## What fulfils me

A question nobody asked before.

## An ideal day

Up early, writing.

## Where I excel

Strange numbers.
""",
    "goals/lead-a-team-of-my-own.md": """\
---
title: Lead a team of my own
start: 2027-01-04
due: 2028-12-31
values:
  - "[[courage]]"
category: team-collaboration
---
""",
    "goals/chair-the-guild-meeting-twice.md": """\
---
title: Chair the guild meeting twice
start: 2027-01-04
due: 2027-06-30
measure: 2
supports:
  - "[[lead-a-team-of-my-own]]"
category: leadership
---
""",
}


def files(root: Path) -> dict[str, str]:
    """Every text below `root`, without what goalkit and git keep for themselves."""
    found = [
        p
        for p in root.rglob("*")
        if p.is_file() and not {".goalkit", ".git"} & set(p.relative_to(root).parts)
    ]
    return {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in found}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> "Asked":
    for module in (init, new, writing):
        monkeypatch.setattr(module, "interactive", lambda: True)
    return Asked()


class Asked:
    """A conversation without a terminal: click's runner gives the answers."""

    def __call__(self, *args: str, answers: list[str]) -> Result:
        return CliRunner().invoke(
            cli, ["--today", "2027-01-04", "init", *args], input="".join(f"{a}\n" for a in answers)
        )


# -- without a question -------------------------------------------------------------------------------------------


def test_a_bare_vault_without_git(here: Path) -> None:
    done = run("init", "--yes")
    assert done.code == 0, done.err
    assert files(here) == {"goalkit.toml": MADE["goalkit.toml"]}
    assert (here / "goals").is_dir()
    assert (here / "values").is_dir()
    assert done.out.endswith('Next: `goalkit new "…"`\n')
    assert run("check").code == 0


def test_off_a_terminal_nothing_is_asked(here: Path) -> None:
    assert run("init").code == 0
    assert "goalkit.toml" in files(here)


def test_in_a_folder_that_is_not_there_yet(here: Path) -> None:
    done = run("init", "my goals/2027")
    assert done.out.endswith("Next: `cd 'my goals/2027' && goalkit new \"…\"`\n")
    assert (here / "my goals" / "2027" / "goalkit.toml").is_file()


def test_nothing_that_is_there_is_touched(here: Path) -> None:
    mine = {
        "vision.md": "Mine.\n",
        "goals/x.md": "# X\n",
        ".gitignore": "*.tmp\n",
        "values/craft.md": "Mine too.\n",
    }
    for path, text in mine.items():
        (here / path).parent.mkdir(exist_ok=True)
        (here / path).write_text(text, encoding="utf-8")
    done = run("init", "--yes", "--gitignore", "--ci", "gitlab")
    assert "Left as it is: .gitignore; for built pages it needs a line site/" in done.out
    assert {path: text for path, text in files(here).items() if path in mine} == mine
    before = files(here)
    again = run("init", "--yes", "--ci", "gitlab")
    assert again.code == 0
    assert "A vault is in this folder already." in again.out
    assert files(here) == before


def test_a_vault_inside_a_vault_is_refused(here: Path) -> None:
    run("init", "--yes")
    (here / "below").mkdir()
    done = run("init", "below")
    assert done.code == 2
    assert "lies in the vault" in done.err
    assert list((here / "below").iterdir()) == []


def test_a_file_is_no_folder(here: Path) -> None:
    (here / "x").write_text("", encoding="utf-8")
    assert run("init", "x").code == 2


def test_dry_run_writes_nothing(here: Path) -> None:
    done = run("init", "new", "--dry-run", "--gitignore", "--ci", "github")
    assert list(here.iterdir()) == []
    assert all(name in done.out for name in ("goalkit.toml", ".gitignore", "goals.yml", "deploy-pages"))


def test_undo_takes_all_of_it_back(here: Path) -> None:
    run("init", "--yes", "--gitignore")
    assert run("undo").code == 0
    assert files(here) == {}


# -- git ----------------------------------------------------------------------------------------------------------


def test_in_a_repository_the_built_pages_are_left_out(here: Path) -> None:
    (here / ".git").mkdir()
    run("init", "--yes")
    assert files(here)[".gitignore"] == "site/\nsite-shared/\n.goalkit/\n"


def test_it_can_be_left_out(here: Path) -> None:
    (here / ".git").mkdir()
    run("init", "--yes", "--no-gitignore")
    assert ".gitignore" not in files(here)


def test_the_workflow_of_a_folder_goes_to_the_top_of_the_repository(here: Path) -> None:
    (here / ".git").mkdir()
    done = run("init", "work/goals of mine", "--yes", "--ci", "github")
    assert done.code == 0, done.err
    text = files(here)[".github/workflows/goals.yml"]
    assert "- run: goalkit -C 'work/goals of mine' build --shared --out public\n" in text
    assert "in the place of OWNER" in done.out.replace("\n", " ")
    assert "OWNER" in text
    run("init", "work/goals of mine", "--yes", "--ci", "github")
    assert files(here)[".github/workflows/goals.yml"] == text


def test_a_workflow_is_added_later(here: Path) -> None:
    run("init", "--yes")
    done = run("init", "--ci", "gitlab")
    assert "Added to the vault" in done.out
    assert ".gitlab-ci.yml" in files(here)
    assert done.out.endswith("Next: `goalkit status`\n")


@pytest.mark.parametrize("host", list(beginnings.WORKFLOWS))
def test_a_workflow_installs_from_git_and_publishes_what_is_shared(host: beginnings.Host) -> None:
    text = beginnings.workflow(host)
    jobs = yaml.safe_load(text)
    job = jobs["jobs"]["publish"] if host == "github" else jobs["pages"]
    steps = [step.get("run", "") for step in job["steps"]] if host == "github" else job["script"]
    source = (jobs["env"] if host == "github" else job["variables"])["GOALKIT"]
    assert source.startswith("git+https://")
    assert 'python -m pip install "$GOALKIT"' in steps
    assert "goalkit build --shared --out public" in steps
    assert not re.search(r"pip install goalkit|pypi|index-url", text)
    assert text == "\n".join(line.rstrip() for line in text.split("\n"))


def test_the_build_of_a_workflow_works(here: Path) -> None:
    run("init", "vault", "--yes")
    (here / "vault/goals/x.md").write_text("---\ntitle: X\nvisibility: shared\n---\n", encoding="utf-8")
    assert run("-C", "vault", "build", "--shared", "--out", "public").code == 0
    assert (here / "public" / "index.html").is_file()


# -- Obsidian -----------------------------------------------------------------------------------------------------


def test_goals_lie_beside_the_notes_of_an_obsidian_vault(here: Path) -> None:
    (here / ".obsidian").mkdir()
    (here / "Daily").mkdir()
    (here / "Daily" / "2027-01-04.md").write_text("- [ ] Call Ines [[learn-sql]]\n", encoding="utf-8")
    done = run("init", "--yes")
    assert "Your notes in Obsidian stay as they are" in done.out
    assert 'editor = "obsidian"\n' in files(here)["goalkit.toml"]
    run("--today", "2027-01-04", "new", "Learn SQL")
    assert "☑" in run("show", "learn-sql").out or "☐ Call Ines" in run("show", "learn-sql").out
    assert files(here)["Daily/2027-01-04.md"] == "- [ ] Call Ines [[learn-sql]]\n"


def test_folders_of_ones_own_are_left_alone(here: Path) -> None:
    (here / ".obsidian").mkdir()
    (here / "Projects").mkdir()
    (here / "Projects" / "Roof.md").write_text("- [ ] Call the roofer\n", encoding="utf-8")
    done = run("init", "--yes")
    assert '[folders]\nprojects = "goals/projects"\n' in files(here)["goalkit.toml"]
    assert "`projects` holds 1 note of yours" in done.out
    run("new", "Mend the roof")
    assert "Roof.md" not in run("check").out
    assert run("check").code == 0


def test_values_that_were_made_by_hand_stay_values(here: Path) -> None:
    (here / "goals").mkdir()
    (here / "values").mkdir()
    (here / "values" / "craft.md").write_text("# Craft\n", encoding="utf-8")
    run("init", "--yes")
    assert "folders" not in files(here)["goalkit.toml"]


def test_a_folder_of_an_obsidian_vault(here: Path) -> None:
    (here / ".obsidian").mkdir()
    done = run("init", "Career", "--yes")
    assert "It is a folder of your Obsidian vault here" in done.out
    assert "editor" not in files(here)["Career/goalkit.toml"]


# -- the conversation ---------------------------------------------------------------------------------------------


def test_answers_become_files(here: Path, asked: Asked) -> None:
    done = asked("career", answers=ANSWERS)
    assert done.exit_code == 0, done.output
    assert {k: v for k, v in files(here / "career").items() if "category" not in v} == {
        k: v for k, v in MADE.items() if "category" not in v
    }
    assert {re.sub("category: .*\n", "", v) for v in files(here / "career").values()} == {
        re.sub("category: .*\n", "", v) for v in MADE.values()
    }
    assert done.output.endswith("Next: `cd career && goalkit show lead-a-team-of-my-own`\n")
    assert not re.search(r"\w!", done.output)


def test_the_vault_that_answers_make_is_sound(here: Path, asked: Asked) -> None:
    asked(answers=ANSWERS)
    assert "error" not in run("check").out
    assert "warning" not in run("check").out
    told = run("why", "chair-the-guild-meeting-twice", "--json").json["chains"][0]
    assert [step["kind"] for step in told][-1] == "value"
    assert run("export", "--shared").json["goals"] == []


def test_every_answer_can_be_skipped(here: Path, asked: Asked) -> None:
    done = asked(answers=[""] * 20)
    assert done.exit_code == 0, done.output
    assert files(here) == {"goalkit.toml": MADE["goalkit.toml"]}


def test_a_goal_for_the_next_weeks_will_do(here: Path, asked: Asked) -> None:
    asked(answers=[*[""] * 9, "Ask two colleagues for feedback by Friday"])
    assert [path for path in files(here) if path.startswith("goals/")] == [
        "goals/ask-two-colleagues-for-feedback.md"
    ]


def test_a_vision_of_ones_own_is_kept_and_no_answer_is_lost(here: Path, asked: Asked) -> None:
    (here / "Vision.md").write_text("Mine.\n", encoding="utf-8")
    done = asked(answers=["I ask before I answer", *[""] * 20])
    assert files(here)["Vision.md"] == "Mine.\n"
    assert "I ask before I answer." in files(here)["vision-2.md"]
    assert "vision-2.md" in done.output


def test_in_a_repository_git_and_pages_are_offered(here: Path, asked: Asked) -> None:
    (here / ".git").mkdir()
    done = asked(answers=[*[""] * 10, "perhaps", "no", "bitbucket", "gitlab"])
    assert "Please say yes or no" in done.output
    assert "github or gitlab, please" in done.output
    assert files(here).keys() == {"goalkit.toml", ".gitlab-ci.yml"}


JUNK = ["\x1b[31mred", "a: b # c", "---", "- [ ] x", "# heading", "1. one", "\u202eback", '"quoted"', "{a}"]


@pytest.mark.parametrize("junk", JUNK)
def test_whatever_is_answered_the_files_are_sound(here: Path, asked: Asked, junk: str) -> None:
    answers = [junk, "", junk, junk, "", junk, junk, junk, junk, junk, junk, junk, "", "", "", "", "", ""]
    done = asked(answers=answers)
    assert done.exit_code == 0, done.output
    for path, text in files(here).items():
        assert text.endswith("\n"), path
        assert not re.search("[ \t]\n|[\x1b\u202e]|\n\n\n", text), path
    assert " error " not in run("check").out


@pytest.mark.parametrize("after", [0, 3, 9, 15])
def test_leaving_early_leaves_nothing(here: Path, asked: Asked, after: int) -> None:
    done = asked("career", answers=ANSWERS[:after])
    assert done.exit_code != 0
    assert "\nNothing was written.\n" in done.output
    assert list(here.iterdir()) == []


def test_on_a_terminal_of_its_own(here: Path) -> None:
    done = talk("--today", "2027-01-04", "init", "career", answers=ANSWERS, cwd=here)
    assert done.code == 0, done.out
    assert "Made in career:\n  goalkit.toml\n" in done.out
    assert len(files(here / "career")) == len(MADE)


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_leave_calmly(here: Path, key: str) -> None:
    done = talk("init", answers=[*ANSWERS[:5], key], cwd=here)
    assert done.code == 130
    assert done.out.endswith("\nNothing was written.\n")
    assert list(here.iterdir()) == []


def test_git_finds_no_fault_with_what_is_written(here: Path, asked: Asked) -> None:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q"], check=True, env=env)
    asked("--ci", "github", answers=ANSWERS)
    subprocess.run(["git", "add", "-A"], check=True, env=env)
    done = subprocess.run(
        ["git", "diff", "--cached", "--check"], capture_output=True, text=True, check=False, env=env
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_init_names_the_folders_and_a_dry_run_sets_names_off(here: Path) -> None:
    shown = run("init", "--yes", "--dry-run").out
    assert shown.startswith("── goalkit.toml\ntitle = ")
    assert shown.endswith("\n── goals/ and values/\n")
    assert "  goals/\n  values/\n" in run("init", "--yes").out
