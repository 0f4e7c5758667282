"""What a hostile user found, each with the shortest way to it."""

import os

import pytest

from tests.command import run, write

SHARED = "---\ntitle: Quiet plan\nvisibility: shared\n---\n"


def test_a_page_touched_by_others_does_not_outlive_its_sharing(tmp_path):
    vault = write(tmp_path, {"goals/a.md": SHARED})
    run("-C", vault, "build", "--shared")
    page = vault / "site-shared" / "goals" / "a.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    (vault / "goals" / "a.md").write_text(SHARED.replace("shared", "private"), encoding="utf-8")
    run("-C", vault, "build", "--shared")
    assert not any(b"Quiet plan" in p.read_bytes() for p in (vault / "site-shared").rglob("*") if p.is_file())


def test_a_private_page_changed_by_hand_is_named_at_every_build(tmp_path):
    vault = write(tmp_path, {"goals/a.md": SHARED, "goals/b.md": "# B\n"})
    run("-C", vault, "build")
    page = vault / "site" / "goals" / "a.html"
    page.write_bytes(page.read_bytes() + b"<!-- mine -->")
    (vault / "goals" / "a.md").unlink()
    for _ in range(2):
        built = run("-C", vault, "build")
        assert "goals/a.html" in built.out + built.err
    assert page.exists()


@pytest.mark.parametrize("out", ["goals", "values/pages", ".goalkit", ".goalkit/site"])
def test_folders_of_notes_and_of_goalkit_are_no_place_for_pages(tmp_path, out):
    vault = write(tmp_path, {"goals/a.md": "# A\n"})
    done = run("-C", vault, "build", "--out", vault / out)
    assert done.code == 2
    assert "name another folder" in done.err


@pytest.mark.parametrize("link", ["https://example.org/gb.md", "//example.org/gb.md", "mailto:gb.md"])
def test_a_web_address_is_no_note(tmp_path, link):
    vault = write(
        tmp_path,
        {"goals/gb.md": "# B\n", "day.md": f"- [ ] read [w]({link})\n- [ ] and [this](goals/gb.md)\n"},
    )
    shown = run("-C", vault, "show", "gb").out
    assert "this" in shown
    assert "read" not in shown


def test_a_link_into_another_folder_is_no_link_to_this_one(tmp_path):
    vault = write(tmp_path, {"goals/gb.md": "# B\n", "goals/ga.md": '---\nsupports: "[[other/gb]]"\n---\n'})
    assert "GK202" in run("-C", vault, "check").out
    (vault / "goals" / "ga.md").write_text('---\nsupports: "[[Work/goals/gb]]"\n---\n', encoding="utf-8")
    assert "GK202" not in run("-C", vault, "check").out


@pytest.mark.parametrize(
    "args", [("export",), ("export", "--format", "csv"), ("list", "--json"), ("show", "--json", "a")]
)
def test_no_output_holds_a_raw_control_character(tmp_path, args):
    title = "t\\u001b[31m \\u009b \\u202e \\u061c x"
    vault = write(tmp_path, {"goals/a.md": f'---\ntitle: "{title}"\n---\n'})
    out = run("-C", vault, *args).out
    assert not set(out) & set("\x1b\x9b\u202e\u061c")


@pytest.mark.parametrize("value", ["\x1b", "\u200b", "a\x1b[31mb"])
def test_invisible_values_are_refused_and_change_nothing(tmp_path, value):
    vault = write(tmp_path, {"goals/a.md": "---\ntitle: Keep me\n---\n"})
    before = (vault / "goals" / "a.md").read_bytes()
    assert run("-C", vault, "set", "a", "title", value).code == 2
    assert (vault / "goals" / "a.md").read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the file system here")
def test_a_configuration_that_is_no_file_is_said(tmp_path):
    vault = write(tmp_path, {"goals/a.md": "# A\n"})
    (vault / "goalkit.toml").unlink(missing_ok=True)
    os.mkfifo(vault / "goalkit.toml")
    assert "GK125" in run("-C", vault, "check").out


def test_a_long_line_of_tags_is_read_in_one_go(tmp_path):
    """Reading was quadratic in the length of one line: the hang guard of the suite would stop it."""
    tags = ", ".join(f"t{n}" for n in range(40_000))
    vault = write(tmp_path, {"goals/a.md": f"---\ntags: [{tags}]\n---\n"})
    assert run("-C", vault, "check").code == 0
