"""The page in the browser follows the vault, and nothing of what its reader did is lost."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goalkit.serve.engine import Notice
from goalkit.serve.live import dressed
from tests.browser import Tab, TabFactory, accessibility_faults
from tests.command import goal, write
from tests.serving import HANG, Served, eventually, serving

# watchdog says so of a folder that appears while it is being watched already.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

LONG = "\n\n".join(
    f"Paragraph number {n}, with some words in it so that it takes its place." for n in range(60)
)
VAULT = {
    "goalkit.toml": "",
    "goals/learn-sql.md": goal("Learn SQL", LONG, supports='"[[be-known]]"', due="2026-12-31"),
    "goals/be-known.md": goal("Be known", "Why not."),
    "goals/swim.md": goal("Swim", due="2026-11-30", measure="40 lengths"),
    "goals/rest.md": goal("Rest", status="paused"),
    "values/craft.md": "---\ntitle: Craft\n---\n",
}
expect.set_options(timeout=HANG * 1000)
GUARD = "window.kept = (window.kept ?? 0) + 1"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(write(tmp_path / "vault", VAULT)) as running:
        yield running


Open = Callable[[str], Page]


@pytest.fixture
def tabs(page_factory: TabFactory, served: Served) -> Iterator[Open]:
    """Opens a page; in the end none of them may have been loaded twice, complained, or asked anybody else."""
    opened: list[Tab] = []

    def open_page(target: str) -> Page:
        opened.append(page_factory(1100, 700, offline=False, origin=served.address))
        page = opened[-1].open(served.address + target)
        page.evaluate(GUARD)
        return page

    yield open_page
    for tab in opened:
        assert tab.page.evaluate("window.kept") == 1, "the page was loaded again"
        # A browser says so itself wherever a page is not found.
        errors = [error for error in tab.errors if "status of 404" not in error]
        assert (errors, tab.strays) == ([], [])


def save(served: Served, path: str, text: str) -> None:
    aside = served.root / f"{path}.tmp"
    aside.write_text(text)
    aside.replace(served.root / path)


def test_an_edit_appears_in_the_open_page(tabs: Open, served: Served) -> None:
    page = tabs("/goals/learn-sql.html")
    save(served, "goals/learn-sql.md", goal("Learn SQL properly", LONG, due="2026-12-31"))
    expect(page.locator("h1")).to_have_text("Learn SQL properly")
    expect(page).to_have_title(re.compile("Learn SQL properly"))
    save(served, "goals/learn-sql.md", goal("Learn SQL slowly", LONG, due="2026-12-31"))
    expect(page.locator("h1")).to_have_text("Learn SQL slowly")
    assert accessibility_faults(page) == []


def test_a_page_whose_bytes_stay_is_not_touched(tabs: Open, served: Served) -> None:
    page = tabs("/goals/rest.html")
    page.evaluate(
        "window.touched = 0; new MutationObserver((all) => window.touched += all.length)"
        ".observe(document, {subtree: true, childList: true, attributes: true, characterData: true})"
    )
    answers: list[int] = []
    page.on(
        "response", lambda answer: answers.append(answer.status) if answer.url.endswith("rest.html") else None
    )
    for round_ in range(3):  # the first answer may be the one that every page asks for when it opens
        count = len(answers)
        save(served, "goals/swim.md", goal(f"Swim {round_}", due="2026-11-30", measure="40 lengths"))
        eventually(lambda n=count: page.evaluate("1") and len(answers) > n)  # type: ignore[misc]
    assert set(answers) == {304}
    assert page.evaluate("window.touched") == 0


def test_place_focus_and_marked_text_are_kept(tabs: Open, served: Served) -> None:
    page = tabs("/goals/learn-sql.html")
    page.locator("a", has_text="Be known").first.focus()
    page.get_by_text("Paragraph number 40,").scroll_into_view_if_needed()
    page.evaluate("""() => {
        const line = [...document.querySelectorAll("main p")].find((p) => p.textContent.includes("number 40,"));
        getSelection().setBaseAndExtent(line.firstChild, 0, line.firstChild, 16);
    }""")
    where = "() => [...document.querySelectorAll('main p')].find((p) => p.textContent.includes('number 40,')).getBoundingClientRect().top"
    top = page.evaluate(where)
    assert page.evaluate("scrollY") > 0
    more = LONG.replace("Paragraph number 3,", "A new paragraph.\n\nParagraph number 3, longer than before,")
    save(served, "goals/learn-sql.md", goal("Learn SQL", more, supports='"[[be-known]]"', due="2026-12-31"))
    expect(page.get_by_text("A new paragraph.")).to_have_count(1)
    assert page.evaluate("document.activeElement.textContent") == "Be known"
    assert page.evaluate("String(getSelection())") == "Paragraph number"
    assert page.evaluate(where) == pytest.approx(top, abs=1)


def test_the_filter_and_the_order_of_the_table_are_kept(tabs: Open, served: Served) -> None:
    page = tabs("/goals.html")
    page.get_by_role("button", name="Goal").click()
    page.get_by_role("button", name="Goal").click()
    page.get_by_label("Paused").uncheck()
    page.locator("#words").fill("s")
    page.evaluate("document.getElementById('words').setSelectionRange(0, 1)")
    shown = page.locator("#goals tbody tr:visible th")
    expect(shown).to_have_text(["Swim", "Learn SQL"])
    save(served, "goals/sing.md", goal("Sing"))
    expect(shown).to_have_text(["Swim", "Sing", "Learn SQL"])
    save(served, "goals/swim.md", goal("Swum", due="2026-11-30"))
    expect(shown).to_have_text(["Swum", "Sing", "Learn SQL"])
    assert page.locator("#words").input_value() == "s"
    assert not page.get_by_label("Paused").is_checked()
    assert page.evaluate("document.activeElement.id") == "words"
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [
        0,
        1,
    ]
    page.keyboard.type("ing")
    expect(shown).to_have_text(["Sing"])
    page.locator("#words").fill("")
    expect(page.locator("#found")).to_have_text("4")


def test_what_was_opened_and_closed_stays_so(tabs: Open, served: Served) -> None:
    page = tabs("/goals.html")
    branch = page.locator("details", has_text="Learn SQL").first
    before = branch.evaluate("(one) => one.open")
    branch.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert branch.evaluate("(one) => one.open") != before
    save(served, "goals/sing.md", goal("Sing", supports='"[[be-known]]"'))
    expect(branch.locator("a", has_text="Sing")).to_have_count(1)
    assert branch.evaluate("(one) => one.open") != before


def test_a_broken_file_is_told_quietly_and_the_next_good_save_clears_it(tabs: Open, served: Served) -> None:
    page = tabs("/goals/learn-sql.html")
    notices = page.locator("#live-notices")
    height = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    for round_ in range(2):
        save(served, "goals/learn-sql.md", "---\ntitle: <b>[\nsupports: [\n---\n")
        expect(notices).to_contain_text("goals/learn-sql.md:")
        expect(page.locator("h1")).to_contain_text("Learn SQL")
        assert notices.get_attribute("role") == "status"
        assert (
            page.evaluate("document.querySelector('main').getBoundingClientRect().height") == height or round_
        )
        assert accessibility_faults(page) == []
        save(served, "goals/learn-sql.md", goal(f"Learn SQL {round_}", LONG, due="2026-12-31"))
        expect(page.locator("h1")).to_have_text(f"Learn SQL {round_}")
        expect(notices).to_be_empty()


def test_a_goal_that_goes_says_so_and_one_that_comes_back_is_there(tabs: Open, served: Served) -> None:
    page = tabs("/goals/swim.html")
    (served.root / "goals/swim.md").rename(served.root.parent / "swim.md")
    expect(page.locator("h1")).to_have_text("No such page")
    (served.root.parent / "swim.md").rename(served.root / "goals/swim.md")
    expect(page.locator("h1")).to_have_text("Swim")


def test_after_the_server_was_away_the_page_follows_again(page_factory: TabFactory, tmp_path: Path) -> None:
    from goalkit.serve.engine import Engine
    from goalkit.serve.server import Server
    from tests.serving import DAY

    root = write(tmp_path / "vault", VAULT)

    def start(port: int) -> Server:
        engine = Engine(root, lambda _config: DAY)
        server = Server("127.0.0.1", port, engine.build(engine.look(0.0)), lambda _text: None)
        server.start()
        return server

    first = start(0)
    tab = page_factory(offline=False, origin=f"http://127.0.0.1:{first.port}")
    page = tab.open(f"http://127.0.0.1:{first.port}/goals/swim.html")
    page.evaluate(GUARD)
    first.stop()
    expect(page.locator("#live-away")).to_contain_text("does not answer")
    save(Served(root, None, first), "goals/swim.md", goal("Swim on"))  # type: ignore[arg-type]
    second = start(first.port)
    try:
        expect(page.locator("h1")).to_have_text("Swim on")
        expect(page.locator("#live-away")).to_be_empty()
        assert page.evaluate("window.kept") == 1
    finally:
        second.stop()


def test_nothing_moves_for_those_who_ask_for_that(page_factory: TabFactory, served: Served) -> None:
    page = page_factory(offline=False, origin=served.address).page
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{served.address}/goals/learn-sql.html")
    save(served, "goals/learn-sql.md", "---\ntitle: [\n---\n")
    expect(page.locator("#live-notices p")).to_have_count(1)
    assert page.evaluate("document.getAnimations().length") == 0


ATTACK = """<!doctype html><title>evil</title><script>
window.got = {};
const base = "TARGET";
fetch(base + "/goals.json").then((r) => r.text()).then((t) => got.fetch = t, () => got.fetch = "blocked");
fetch(base + "/goals.json", {mode: "no-cors"}).then((r) => r.text()).then((t) => got.opaque = t || "blocked", () => got.opaque = "blocked");
const stream = new EventSource(base + "/live");
stream.onmessage = (e) => got.stream = e.data;
stream.onerror = () => got.stream ??= "blocked";
const script = document.createElement("script");
script.src = base + "/goals.js";
script.onload = () => got.script = "ran";
script.onerror = () => got.script = "blocked";
document.documentElement.append(script);
const frame = document.createElement("iframe");
frame.src = base + "/";
frame.onload = () => { try { got.frame = frame.contentDocument ? "read" : "blocked"; } catch { got.frame = "blocked"; } };
document.documentElement.append(frame);
const opened = window.open(base + "/");
</script>"""


def test_a_page_of_another_site_reads_and_hears_nothing(page_factory: TabFactory, served: Served) -> None:
    page = page_factory(offline=False).page
    page.route(
        "http://evil.example/**",
        lambda route: route.fulfill(body=ATTACK.replace("TARGET", served.address), content_type="text/html"),
    )
    answers: list[int] = []
    page.on(
        "response",
        lambda answer: answers.append(answer.status) if answer.url.startswith(served.address) else None,
    )
    page.goto("http://evil.example/")
    eventually(lambda: len(page.evaluate("window.got")) == 5)
    assert set(page.evaluate("window.got").values()) == {"blocked"}
    assert set(answers) <= {403}


# ---- dressing -------------------------------------------------------------------------------------------

PAGE = (
    b'<html><head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
    b"<title>T</title>\n</head>\n<body><main>&lt;/head> &lt;/body></main></body>\n</html>\n"
)


def test_a_served_page_is_the_built_one_and_a_little_more() -> None:
    served = dressed(PAGE, ()).body.decode()
    assert "Content-Security-Policy" not in served
    bare = re.sub(
        r'<link rel="stylesheet" href="/live.css">\n<script[^>]*></script>\n|<aside.*</aside>\n',
        "",
        served,
        flags=re.DOTALL,
    )
    assert bare == PAGE.decode().replace(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n', ""
    )


def test_the_tag_changes_with_the_page_and_with_what_is_told() -> None:
    notice = Notice("goals/a.md:1", "wrong", "mend it")
    tags = [dressed(PAGE, ()).tag, dressed(PAGE + b" ", ()).tag, dressed(PAGE, (notice,)).tag]
    assert len(set(tags)) == 3
    assert dressed(PAGE, ()).tag == tags[0]


def test_what_is_told_is_text() -> None:
    notice = Notice("goals/<script>.md:1", "`</aside><script>alert(1)</script>`", "\u202e\x1b[2J & more")
    page = dressed(PAGE, (notice,)).body.decode()
    assert page.count("<script") == 1
    assert "&lt;/aside&gt;&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_of_many_only_some_are_told() -> None:
    page = dressed(PAGE, [Notice(f"goals/{n}.md:1", "wrong", "") for n in range(12)]).body.decode()
    assert "goals/2.md" in page
    assert "goals/3.md" not in page
    assert "9 more" in page
