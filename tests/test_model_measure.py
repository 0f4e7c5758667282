"""The grammar of `measure:`: what each notation reads as, and what is said of what is none."""

from decimal import Decimal

import pytest

from goalkit.model.measure import Measure, Mistake, parse_measure, same_unit

D = Decimal


@pytest.mark.parametrize(
    ("text", "start", "target", "unit", "direction"),
    [
        ("50 connections", 0, 50, "connections", "at-least"),
        ("50", 0, 50, "", "at-least"),
        ("1,200 words", 0, 1200, "words", "at-least"),
        ("12,345,678 views", 0, 12_345_678, "views", "at-least"),
        ("10k readers", 0, 10_000, "readers", "at-least"),
        ("1.5M views", 0, 1_500_000, "views", "at-least"),
        ("10 km", 0, 10, "km", "at-least"),
        ("10 minutes", 0, 10, "minutes", "at-least"),
        ("$500", 0, 500, "USD", "at-least"),
        ("€500", 0, 500, "EUR", "at-least"),
        ("60%", 0, 60, "%", "at-least"),
        ("60 %", 0, 60, "%", "at-least"),
        ("54 -> 63 %", 54, 63, "%", "at-least"),
        ("54% → 63%", 54, 63, "%", "at-least"),
        ("82 -> 75 kg", 82, 75, "kg", "at-most"),
        ("82 kg -> 75 kg", 82, 75, "kg", "at-most"),
        ("12 -> 8 tickets / week", 12, 8, "tickets / week", "at-most"),
        ("-5 -> 5 points", -5, 5, "points", "at-least"),
        ("0 -> -3 dB", 0, -3, "dB", "at-most"),
        ("2.5 -> 2.25 s", D("2.5"), D("2.25"), "s", "at-most"),
    ],
)
def test_a_count(text: str, start: object, target: object, unit: str, direction: str) -> None:
    assert parse_measure(text) == Measure("count", text, D(start), D(target), None, unit, direction)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "target", "most", "unit", "direction", "period"),
    [
        ("90 minutes / day", 90, None, "minutes", "at-least", "day"),
        ("90 minutes a day", 90, None, "minutes", "at-least", "day"),
        ("90 minutes per day", 90, None, "minutes", "at-least", "day"),
        ("90 minutes each day", 90, None, "minutes", "at-least", "day"),
        ("1 post / month", 1, None, "post", "at-least", "month"),
        ("3 / week", 3, None, "", "at-least", "week"),
        ("3x / week", 3, None, "times", "at-least", "week"),
        ("2 papers / quarter", 2, None, "papers", "at-least", "quarter"),
        ("1 / year", 1, None, "", "at-least", "year"),
        ("1 page / morning", 1, None, "page", "at-least", "day"),
        ("1 review / working day", 1, None, "review", "at-least", "workday"),
        ("<= 2 meetings / day", 2, None, "meetings", "at-most", "day"),
        ("≤ 0 cigarettes / week", 0, None, "cigarettes", "at-most", "week"),
        ("7..9 hours / night", 7, 9, "hours", "between", "day"),
        ("7–9 hours / night", 7, 9, "hours", "between", "day"),
        ("60..80 % / week", 60, 80, "%", "between", "week"),
        ("every workday", 1, None, "", "at-least", "workday"),
        ("Every Week", 1, None, "", "at-least", "week"),
    ],
)  # fmt: skip
def test_a_habit(text: str, target: int, most: int | None, unit: str, direction: str, period: str) -> None:
    high = None if most is None else D(most)
    assert parse_measure(text) == Measure("habit", text, None, D(target), high, unit, direction, period)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "target", "unit"), [("<= 500 USD", 500, "USD"), ("<= $500", 500, "USD"), ("<=0 fines", 0, "fines")])  # fmt: skip
def test_a_limit(text: str, target: int, unit: str) -> None:
    assert parse_measure(text) == Measure("limit", text, None, D(target), unit=unit, direction="at-most")


@pytest.mark.parametrize("word", ["milestones", "goals", "done", "Done", " GOALS "])
def test_a_word(word: str) -> None:
    read = parse_measure(word)
    assert isinstance(read, Measure)
    assert read.kind == word.strip().casefold()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (">= 50 pages", "write `50 pages`"),
        ("> 50 pages", "write `50 pages`"),
        ("< 50 USD", "write `<= 50 USD`"),
        ("every tuesday", "write `every week`, and `check-in: weekly on tuesday`"),
        ("every tue", "write `every week`, and `check-in: weekly on tuesday`"),
        ("every weeks", "write `every week`"),
        ("every months", "write `every month`"),
        ("milestnes", "did you mean `milestones`?"),
        ("10 minutes / dya", "did you mean `day`?"),
        ("9..7 hours / night", "write `7..9`, the lesser first"),
        ("7..9 hours", "write `7..9 hours / night`"),
        ("-5 pages", "to move a number down, write `0 -> -5`"),
        ("10 -> 10", "write `from -> to` with two different numbers"),
        ("0 / day", "write what would be enough, or `<= 0` for none at all"),
    ],
)
def test_a_mistake_says_what_to_type(text: str, hint: str) -> None:
    read = parse_measure(text)
    assert isinstance(read, Mistake)
    assert read.hint == hint


@pytest.mark.parametrize(
    "text",
    ["", "7,5 km", "1.000.000", "1 000 000", "1e5", "1e999", "nan", "inf", "٣ talks", "3 / fortnight", "3 / 0", "5 -> 10 -> 15", "1:30 h", "5 = 5", "9" * 16, "9" * 300, "five talks"],
)  # fmt: skip
def test_what_is_no_measure_is_never_guessed(text: str) -> None:
    assert isinstance(parse_measure(text), Mistake)


@pytest.mark.parametrize(
    ("given", "unit"),
    [("connection", "connections"), ("min", "minutes"), ("h", "hours"), ("hrs", "hours"), ("people", "person"), ("USD", "$"), ("tickets", "tickets / week"), ("entry", "entries"), ("pages", "page"), ("Talks", "talks")],
)  # fmt: skip
def test_a_unit_may_be_short_or_singular(given: str, unit: str) -> None:
    assert same_unit(given, unit)


@pytest.mark.parametrize(("given", "unit"), [("km", "pages"), ("EUR", "USD"), ("m", "hours"), ("hours", "minutes"), ("", "pages")])  # fmt: skip
def test_another_unit_is_another(given: str, unit: str) -> None:
    assert not same_unit(given, unit)
