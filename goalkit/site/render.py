"""The one door to Jinja: a page model and a template's name in, the bytes of a page out."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from goalkit import resources

_ASSETS = ("style.css", "goals.js")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.folder("templates"), encoding="utf-8"),
        autoescape=True,  # for every template, whatever its name ends in
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )


def render(template: str, page: Any) -> bytes:
    """`page` through the template of that name."""
    text = _environment().get_template(template).render(page=page, frame=page.frame)
    # A lone surrogate cannot be written down; it can come from a file name only.
    return text.encode("utf-8", "replace")


def assets() -> dict[str, bytes]:
    """The files beside the pages, by path: the stylesheet and the one script."""
    folder = resources.folder("templates")
    return {name: (folder / name).read_bytes() for name in _ASSETS}
