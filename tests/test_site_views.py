"""What the pages say of a vault: the parts of the story, every state, and bounds on what is shown."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from goalkit.attention import KINDS
from goalkit.site.markup import glyph
from tests.sites import EVERY_KIND, Page, pages, plan_of, site, site_of


@pytest.fixture(scope="module")
def every() -> dict[str, Page]:
    return pages(site_of(EVERY_KIND))


def goal_page(text: str, key: str = "g") -> Page:
    return pages(site_of(text))[f"goals/{key}.html"]


def one(fields: str, body: str = "") -> Page:
    return goal_page(f"=== goals/g.md\n---\n{fields}\n---\n{body}\n")


# --- the site as a whole


def test_the_files_of_a_site(every: dict[str, Page]) -> None:
    files = site_of(EVERY_KIND)
    assert {
        "index.html",
        "goals.html",
        "health.html",
        "404.html",
        "goals.json",
        "style.css",
        "goals.js",
    } <= files.keys()
    assert files["goals.json"] == b"{}\n"
    assert len([path for path in files if path.startswith("goals/")]) == 15
    assert {"values/connection.html", "values/lonely.html"} <= files.keys()


def test_every_page_is_closed_and_has_each_id_once(every: dict[str, Page]) -> None:
    for path, page in every.items():
        assert page.unclosed == [], path
        assert len(page.ids) == len(set(page.ids)), path
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main")) == 1, path


def test_every_link_inside_leads_somewhere(every: dict[str, Page]) -> None:
    files = site_of(EVERY_KIND)
    for path, page in every.items():
        folder = path.rpartition("/")[0]
        hrefs = [*page.links, *(str(link["href"]) for link in page.all("link", rel="stylesheet"))]
        for href in hrefs:
            target, _, fragment = href.partition("#")
            parts = [part for part in f"{folder}/{target}".split("/") if part] if target else path.split("/")
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            there = "/".join(parts)
            assert there in files, f"{path} links {href}"
            assert not fragment or fragment in every[there].ids, f"{path} links {href}"


def test_two_builds_are_the_same_bytes() -> None:
    made = plan_of(EVERY_KIND)
    assert site(made) == site(made) == site_of(EVERY_KIND)


def test_a_shared_build_is_that_of_the_shared_files_alone() -> None:
    parts = re.split(r"(?m)^    (?==== )", EVERY_KIND)
    alone = "".join(f"    {part}" for part in parts if "visibility: shared" in part or "goalkit.toml" in part)
    shared = site_of(EVERY_KIND, shared_only=True)
    assert shared == site_of(alone, shared_only=True)
    assert sorted(path for path in shared if path.startswith("goals/")) == [
        "goals/count.html",
        "goals/top.html",
    ]
    assert "health.html" not in shared
    assert not any(b"health.html" in content for content in shared.values())


def test_a_shared_page_tells_no_path_of_the_machine_and_opens_no_editor() -> None:
    text = EVERY_KIND.replace('title = "A year"', 'title = "A year"\n    editor = "vscode"')
    root = Path("/home/somebody/plan")
    assert any(b"/home/somebody/plan" in content for content in site_of(text, root=root).values())
    assert not any(b"somebody" in content for content in site_of(text, root=root, shared_only=True).values())
    assert not any(b"somebody" in content for content in site_of(EVERY_KIND, root=root).values())


def test_the_pages_need_no_day_but_that_of_the_plan() -> None:
    assert b"Friday 20 November 2026" in site_of(EVERY_KIND)["index.html"]
    assert b"Thursday 29 February 2024" in site_of(EVERY_KIND, date(2024, 2, 29))["index.html"]


# --- the first page


def test_home_tells_star_needs_cards_values_and_wins(every: dict[str, Page]) -> None:
    home = every["index.html"]
    order = [
        "I make things that last.",
        "What needs me now",
        "Long-term goals",
        "What it is for",
        "Reached lately",
    ]
    places = [home.text.index(part) for part in order]
    assert places == sorted(places)
    assert "And with people I like." in home.text
    assert "Propose it" in home.text[home.text.index("Reached lately") :]


def test_home_says_what_is_computed_beside_what_was_said(every: dict[str, Page]) -> None:
    text = every["index.html"].text
    assert "Gain 50 connections 80 % On track due in 41 days I said at risk 21 days ago" in text


def test_a_bar_carries_the_pace_mark(every: dict[str, Page]) -> None:
    count = every["goals/count.html"]
    (bar,) = [b for b in count.all("svg", class_="bar") if "80 % done" in str(b["aria-label"])]
    assert bar["aria-label"] == "80 % done, 88 % expected by now"
    assert {"class": "bar-pace", "x1": "88%", "x2": "88%", "y1": "0", "y2": "16"} in count.all("line")


def test_a_broken_file_is_a_quiet_card_with_its_place(every: dict[str, Page]) -> None:
    text = every["index.html"].text
    assert "goals/broken.md:2:13" in text
    assert 'title: "Learn: Go"' in text


def test_an_empty_vault_says_the_one_thing_to_type() -> None:
    home = pages(site_of("=== goalkit.toml\n"))["index.html"]
    assert 'type what you want to reach: goalkit new "Read 12 books this year"' in home.text
    assert "as a file in the vault, goals/my-first-goal.md" in home.text
    assert "What needs me now" not in home.text


def test_an_empty_vault_has_nothing_to_filter_and_nothing_read() -> None:
    made = pages(site_of(""))
    assert (
        made["goals.html"].all("form")
        == made["goals.html"].all("script")
        == made["goals.html"].all("table")
        == []
    )
    assert "There is no file in the vault yet." in made["health.html"].text
    assert "read as meant" not in made["health.html"].text
    assert "What a code means" not in made["health.html"].text


def test_a_shared_build_of_nothing_shared_says_so_and_tells_its_readers_nothing_to_type() -> None:
    made = pages(site_of("=== goals/g.md\n# Mine\n", shared_only=True))
    for name in ("index.html", "goals.html"):
        assert "Nothing is shared yet." in made[name].text
        assert made[name].all("pre") == made[name].all("code") == made[name].all("form") == []
        assert "goalkit new" not in made[name].text
        assert "needs me now" not in made[name].text


def test_what_is_next_agrees_with_what_needs_me_now() -> None:
    text = (
        "=== goals/g.md\n---\ntitle: Draft it\nstart: 2026-10-01\ndue: 2027-02-01\nmeasure: milestones\n---\n"
        "## Milestones\n\n- [ ] Some day\n- [ ] Act two 📅 2026-12-20\n- [ ] Outline 📅 2026-11-08\n"
    )
    made = pages(site_of(text))
    home = made["index.html"].text
    assert "Milestone late Draft it “Outline” was due 12 days ago" in home
    assert "Due soon" not in home
    following = made["goals/g.html"].text
    following = following[following.index("What is next") : following.index("Milestones open:")]
    assert following.startswith("What is next Outline was due 12 days ago")
    assert "Some day" not in following
    without = pages(site_of(text.replace("- [ ] Outline 📅 2026-11-08\n", "")))["goals/g.html"].text
    assert "Act two Sun 20 Dec, in 30 days" in without[without.index("What is next") :]


def test_a_goal_on_the_card_of_another_has_its_own_only_where_that_tells_more() -> None:
    text = (
        "=== goals/top.md\n---\ntitle: Top\nhorizon: long-term\n---\n"
        "=== goals/quiet.md\n---\ntitle: Quiet\nhorizon: long-term\nsupports: top\n---\n"
        "=== goals/said.md\n---\ntitle: Said\nhorizon: long-term\nsupports: top\n---\n"
        "## Check-ins\n\n- 2026-11-18: (at-risk)\n"
    )
    home = pages(site_of(text))["index.html"]
    assert home.links.count("goals/quiet.html") == 1
    assert len(home.all("article")) == 2


def test_what_the_empty_vault_says_to_type_is_a_goal_without_a_fault() -> None:
    source = site_of("=== goalkit.toml\n")["index.html"].decode()
    found = re.search(r"<pre class=\"sheet\"><code>(---.*?)</code>", source, re.DOTALL)
    assert found
    plan = plan_of(f"=== goals/my-first-goal.md\n{found[1]}\n=== values/x.md\n# X\n")
    assert [f for f in plan.findings if f.severity != "hint"] == []
    assert plan.assessments["my-first-goal"].progress is not None


def test_one_goal_is_enough_for_a_first_page() -> None:
    home = pages(site_of("=== goals/a.md\n# Learn Go\n"))["index.html"]
    assert "Learn Go" in home.text


def test_the_first_page_is_bounded_and_says_how_many_more() -> None:
    goals = "".join(
        f"=== goals/g{n}.md\n---\ntitle: Goal {n}\nstart: 2026-01-01\ndue: 2026-12-31\nmeasure: 9 books\nvalues: v\n---\n"
        for n in range(60)
    )
    home = pages(site_of(goals + "=== values/v.md\n# V\n"))["index.html"]
    assert len(home.all("li", class_="need")) == 8
    assert len(home.all("article", class_="card")) == 12
    assert "52 more among all goals" in home.text
    assert "48 more among all goals" in home.text


# --- a goal's page, for each kind of measure


def test_a_goal_is_told_in_order() -> None:
    page = pages(site_of(EVERY_KIND))["goals/count.html"]
    heads = [
        "A stepping stone to",
        "Where it stands",
        "What is next",
        "Work that serves it",
        "What happened",
        "Notes",
    ]
    places = [page.text.index(head) for head in heads]
    assert places == sorted(places)


def test_why_is_the_chain_in_words(every: dict[str, Page]) -> None:
    assert "A stepping stone to Be known for it, for the sake of Connection" in every["goals/count.html"].text
    assert "For the sake of Connection" in every["goals/top.html"].text


@pytest.mark.parametrize(
    ("key", "figure"),
    [
        ("count", "40 of 50 connections 80 %"),
        ("down", "78.5 kg, on the way from 82 to 75 50 %"),
        ("boxes", "1 of 3 milestones 33 %"),
        ("budget", "$620 of $500 used"),
        ("yes", "Not yet"),
        ("monthly", "1 of 10 months kept"),
    ],
)
def test_one_number_says_where_it_stands(every: dict[str, Page], key: str, figure: str) -> None:
    assert f"Where it stands {figure}" in every[f"goals/{key}.html"].text


def test_a_roll_up_shows_its_sum_and_its_weights(every: dict[str, Page]) -> None:
    text = every["goals/top.html"].text
    assert "Weighted mean of" in text
    assert "counts ×3" in text


def test_a_count_has_a_chart_whose_title_answers_and_a_table_behind_it(every: dict[str, Page]) -> None:
    page = every["goals/count.html"]
    assert "4 fewer connections than planned by now" in page.text
    (chart,) = page.all("svg", class_="pace")
    assert chart["aria-labelledby"] == "pace-title pace-desc"
    assert {"pace-title", "pace-desc"} <= set(page.ids)
    assert re.search(r"Fri 30 Oct 40 41\.37 Fri 5 Jun 20 21\.23", page.text)


def test_a_habit_has_a_calendar_named_by_counts(every: dict[str, Page]) -> None:
    text = every["goals/habit.html"].text
    assert "Which weeks were kept" in text
    assert re.search(r"\d+ met \d+ missed \d+ skipped", text)
    assert "strong out of 100" in text


def test_milestones_stand_on_the_line_of_time(every: dict[str, Page]) -> None:
    text = every["goals/boxes.html"].text
    road = text[text.index("Milestones") :]
    assert road.index("Write it") < road.index("Propose it") < road.index("Give it") < road.index("Print it")
    assert "due Sun 1 Nov, 19 days ago" in road


def test_tasks_are_told_by_note_without_the_link_that_brought_them(every: dict[str, Page]) -> None:
    text = every["goals/count.html"].text
    assert "Write to Ada due Thu 19 Nov" in text
    assert "A new site projects/site.md" in text
    assert text.index("Draft the page") < text.index("Buy the name")


def test_check_ins_are_a_story_newest_first_with_the_numbers_move(every: dict[str, Page]) -> None:
    text = every["goals/count.html"].text
    story = text[text.index("What happened") :]
    assert story.index("October 2026") < story.index("June 2026") < story.index("February 2026")
    assert "40 +20 At risk" in story
    assert "Fri 6 Feb 11 +11 On track The meetup." in story


def test_a_daily_habit_tells_only_what_has_words() -> None:
    lines = "".join(f"- 2026-{month:02}-{day:02}: yes\n" for month in (9, 10) for day in range(1, 29))
    body = f"\n## Check-ins\n\n{lines}- 2026-10-29: no — Flu.\n"
    page = one("start: 2026-09-01\ndue: 2026-12-31\nmeasure: every day", body)
    story = page.text[page.text.index("What happened") :]
    assert "Flu." in story
    assert "28 check-ins without a note" in story
    assert "September" not in story


def test_a_long_story_is_folded_but_for_its_last_year() -> None:
    lines = [f"- {date(2025, 1, 5) + timedelta(10 * n)}: {n + 1}" for n in range(60)]
    made = one("start: 2025-01-01\ndue: 2026-12-31\nmeasure: 80 pages", "## Check-ins\n\n" + "\n".join(lines))
    story = made.text[made.text.index("What happened") :]
    shown, folded = story.split("Earlier: ")
    assert len(re.findall(r"\+1\b", shown)) == 18
    assert folded.startswith("42 check-ins since January 2025")
    short = one("measure: 80 pages", "## Check-ins\n\n" + "\n".join(lines[:39]))
    assert "Earlier" not in short.text


def test_what_goes_on_at_an_unsteady_rate_may_never_be_reached() -> None:
    body = "## Check-ins\n\n- 2026-10-01: 1\n- 2026-10-11: 9\n- 2026-10-21: 5\n- 2026-11-20: 7\n"
    text = one("start: 2026-10-01\ndue: 2026-12-31\nmeasure: 12 chapters", body).text
    assert re.search(
        r"around \w+ \d+ \w+( \d{4})? \(\w+ \d+ \w+ at the quick end of that rate, never at the slow", text
    )


def test_a_slip_is_not_called_unread() -> None:
    text = "=== goals/g.md\n---\nstart: 2026-01-01\ndue: 2026-12-31\nmeasure: 50 pages\n---\n## Check-ins\n\n- 2026-11-30: 12\n"
    made = pages(site_of(text))
    for name in ("health.html", "goals/g.html"):
        assert "Worth a second look" in made[name].text
        assert "GK120" in made[name].text
        assert "could not be read" not in made[name].text
        assert "Not read as meant" not in made[name].text


def test_a_closed_goal_shows_how_it_ended_and_its_review(every: dict[str, Page]) -> None:
    page = every["goals/closed.html"]
    assert "Reached Keep the wrong answers too. Where it ended" in page.text
    assert page.text.count("Keep the wrong answers too.") == 1
    assert "What is next" not in page.text
    assert "Done Mon 1 Jun" in page.text


def test_a_closed_goal_without_a_review_says_how_to_write_one() -> None:
    assert "## Review" in one("status: missed\ndue: 2026-02-01").text


@pytest.mark.parametrize(
    ("key", "sign", "says"),
    [
        ("paused", "Paused", "Paused; nothing is asked."),
        ("idea", "Idea", "When its time has come"),
        ("later", "Not begun", ""),
        ("broken", "Unreadable", "Quote it"),
        ("bare", "No verdict yet", ""),
    ],
)
def test_every_state_says_what_it_is(every: dict[str, Page], key: str, sign: str, says: str) -> None:
    page = every[f"goals/{key}.html"]
    assert sign in page.text
    assert says in page.text


def test_text_in_another_direction_is_left_to_run_its_way(every: dict[str, Page]) -> None:
    assert every["goals/rtl.html"].all("h1") == [{"dir": "auto"}]


def test_a_link_to_a_note_without_a_page_is_its_label(every: dict[str, Page]) -> None:
    page = every["goals/top.html"]
    assert "and no page." in page.text
    assert "../goals/count.html" in page.links
    assert not [link for link in page.links if "nowhere" in link]


def test_coaching_stands_in_the_margin_and_faults_on_top(every: dict[str, Page]) -> None:
    bare = every["goals/bare.html"].text
    assert "A thought" in bare
    assert "GK305" in bare
    broken = every["goals/broken.html"].text
    assert broken.index("Not read as meant") < broken.index("Where it stands")


# --- all goals, values, health


def test_all_goals_are_in_the_table_and_in_the_tree(every: dict[str, Page]) -> None:
    page = every["goals.html"]
    keys = [path for path in every if path.startswith("goals/")]
    assert len(page.all("tr")) == len(keys) + 1
    assert set(keys) <= set(page.links)
    assert page.all("form")[0]["id"] == "filter"
    assert "hidden" in page.all("form")[0]


def test_a_goal_with_two_parents_is_unfolded_once() -> None:
    text = "=== goals/a.md\n# A\n=== goals/b.md\n# B\n=== goals/c.md\n---\ntitle: C\nsupports: [a, b]\n---\n=== goals/d.md\n---\ntitle: D\nsupports: c\n---\n"
    page = pages(site_of(text))["goals.html"]
    assert page.text.count("unfolded under A") == 1
    assert page.source.count(b'href="goals/d.html"') == 2


@pytest.mark.parametrize(("others", "open_ones"), [(57, 2), (58, 1)])
def test_a_small_tree_is_unfolded_to_its_second_level(others: int, open_ones: int) -> None:
    chain = (
        "=== goals/a.md\n# A\n=== goals/b.md\n---\nsupports: a\n---\n=== goals/c.md\n---\nsupports: b\n---\n"
    )
    made = pages(site_of(chain + "".join(f"=== goals/x{n}.md\n# X\n" for n in range(others))))
    assert sum("open" in fold for fold in made["goals.html"].all("details")) == open_ones


def test_signs_of_unlike_states_are_unlike() -> None:
    shapes = [str(glyph(kind)).split(">", 1)[1] for kind in KINDS if kind not in ("stale", "check-in")]
    assert len(set(shapes)) == len(shapes)


def test_a_chain_of_a_thousand_goals_has_a_tree_that_a_browser_can_hold() -> None:
    text = "".join(f"=== goals/g{n}.md\n---\ntitle: G{n}\nsupports: g{n + 1}\n---\n" for n in range(1000))
    page = pages(site_of(text + "=== goals/g1000.md\n# Top\n"))["goals.html"]
    assert page.source.count(b"<details") < 20
    assert len(page.all("tr")) == 1002


def test_goals_that_support_each_other_all_have_a_page_and_a_place() -> None:
    text = "=== goals/a.md\n---\nsupports: b\n---\n=== goals/b.md\n---\nsupports: a\n---\n=== goals/c.md\n---\nsupports: c\n---\n"
    made = pages(site_of(text))
    for key in "abc":
        assert f"goals/{key}.html" in made
        assert f"goals/{key}.html" in made["goals.html"].links


def test_a_value_shows_what_serves_it_and_through_whom(every: dict[str, Page]) -> None:
    text = every["values/connection.html"].text
    assert (
        text.index("What serves it")
        < text.index("Be known for it")
        < text.index("Through the goals above them")
    )
    assert "Gain 50 connections" in text[text.index("Through the goals above them") :]
    assert "No open goal names it yet" in every["values/lonely.html"].text


def test_health_shows_the_line_and_a_caret_below_the_fault() -> None:
    source = site_of("=== goals/a.md\n---\ntitle: A\nmeasure: 5 per fortnigt\n---\n")["health.html"].decode()
    found = re.search(r"<pre class=\"excerpt\".*?<code dir=\"ltr\">(.*?)</code>", source, re.DOTALL)
    assert found
    line, caret = found[1].split("\n")
    assert line == "3  measure: 5 per fortnigt"
    assert line[caret.index("^") : caret.rindex("^") + 1] in ("5 per fortnigt", "fortnigt")


def test_a_fault_far_along_a_long_line_is_shown_with_its_surroundings() -> None:
    long = ", ".join(f"tag{n}" for n in range(80))
    files = site_of(
        f"=== goals/a.md\n---\ntitle: A\nsupports: [{long}, nowhere]\n---\n=== goals/tag1.md\n# T\n"
    )
    source = files["health.html"].decode()
    excerpts = re.findall(r"<code dir=\"ltr\">([^<]*\n[^<]*)</code>", source)
    assert excerpts
    assert all(len(line) < 120 for excerpt in excerpts for line in excerpt.split("\n"))


def test_a_sound_vault_is_told_so() -> None:
    text = """
        === values/v.md
        # V
        === goals/a.md
        ---
        title: Publish six essays about static sites
        start: 2026-01-01
        due: 2026-12-31
        measure: 6 essays
        values: v
        horizon: short-term
        check-in: monthly
        ---

        ## Check-ins

        - 2026-11-01: 5
        """
    page = pages(site_of(text))["health.html"]
    assert "Nothing to mend" in page.text
    assert "to mend" not in pages(site_of(text))["index.html"].text
