"""The stylesheet: two palettes that can be read, also by those who see colours otherwise, and nothing from elsewhere."""

import re
from itertools import combinations

import pytest

from goalkit import resources

CSS = (resources.folder("templates") / "style.css").read_text(encoding="utf-8")
Rgb = tuple[float, float, float]


def palette(block: str) -> dict[str, Rgb]:
    found = dict(re.findall(r"--(\w+): #([0-9a-f]{6});", block))
    return {
        name: (int(c[:2], 16) / 255, int(c[2:4], 16) / 255, int(c[4:], 16) / 255) for name, c in found.items()
    }


LIGHT = palette(CSS[: CSS.index("@media (prefers-color-scheme: dark)")])
DARK = palette(CSS[CSS.index("@media (prefers-color-scheme: dark)") : CSS.index("*, *::before")])


def linear(colour: Rgb) -> Rgb:
    r, g, b = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in colour)
    return r, g, b


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of WCAG 2."""
    lights = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other))]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def dichromat(colour: Rgb) -> dict[str, Rgb]:
    """As deuteranopes and protanopes see it (Viénot, Brettel and Mollon 1999), in linear light."""
    r, g, b = linear(colour)
    return {
        "deuteranopia": (
            0.29275 * r + 0.70725 * g,
            0.29275 * r + 0.70725 * g,
            -0.02234 * r + 0.02234 * g + b,
        ),
        "protanopia": (0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b),
    }


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_has_seven_to_one_and_marks_three_to_one(colours: dict[str, Rgb]) -> None:
    for text in ("ink", "soft", "accent"):
        assert contrast(colours[text], colours["paper"]) >= 7, text
    for text in ("ink", "soft"):
        assert contrast(colours[text], colours["wash"]) >= 7, text
    for mark in ("good", "warn", "bad", "edge", "accent"):
        assert contrast(colours[mark], colours["paper"]) >= 3, mark
    assert contrast(colours["accent"], colours["track"]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colours_of_status_differ_for_every_eye(colours: dict[str, Rgb]) -> None:
    for one, other in combinations(("good", "warn", "bad"), 2):
        for eye in ("deuteranopia", "protanopia"):
            seen = zip(dichromat(colours[one])[eye], dichromat(colours[other])[eye], strict=True)
            assert sum((a - b) ** 2 for a, b in seen) ** 0.5 > 0.03, (one, other, eye)


def test_dark_is_a_palette_of_its_own() -> None:
    assert DARK.keys() == LIGHT.keys()
    assert all(DARK[name] != LIGHT[name] for name in LIGHT)


def test_nothing_is_fetched_and_no_font_is_brought() -> None:
    assert not re.search(r"url\(|@import|@font-face|https?:", CSS)


def test_weights_and_sizes_are_few() -> None:
    assert set(re.findall(r"font-weight: (\w+)", CSS)) <= {"400", "600"}
    sizes = set(re.findall(r"font-size: ([^;]+);", CSS))
    assert sizes <= {
        *(f"var(--s{n})" for n in (-1, 0, 1, 2, 3, 4, 5)),
        "0.875em",
        "13px",
        "14px",
        "100%",
        "9pt",
    }
