import csv
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from models.classifications import okpd2, okved2
from models.errors import InvalidIdentifier
from models.identifiers import (
    INN_WEIGHTS_10,
    INN_WEIGHTS_11,
    INN_WEIGHTS_12,
    inn_check_digit,
    is_sole_trader,
    parse_inn,
    parse_ogrn,
    parse_okpd2,
    parse_okved,
    parse_okved1,
)

PARSERS = {
    "inn": parse_inn,
    "ogrn": parse_ogrn,
    "okved": parse_okved,
    "okved1": parse_okved1,
    "okpd2": parse_okpd2,
}
CASES_PATH = Path(__file__).parents[1] / "cases" / "identifiers.csv"
CASES = list(csv.DictReader(CASES_PATH.read_text(encoding="utf-8").splitlines()))

digits = st.integers(0, 9)


@st.composite
def company_inns(draw):
    body = f"{draw(st.integers(10_000_000, 999_999_999)):09d}"
    return body + str(inn_check_digit(body, INN_WEIGHTS_10))


@st.composite
def person_inns(draw):
    body = f"{draw(st.integers(100_000_000, 9_999_999_999)):010d}"
    body += str(inn_check_digit(body, INN_WEIGHTS_11))
    return body + str(inn_check_digit(body, INN_WEIGHTS_12))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['input']!r} {case['why']}")
def test_case(case):
    parse, expected = PARSERS[case["kind"]], case["expected"]
    if not expected.startswith("error: "):
        assert parse(case["input"]) == expected
        return
    with pytest.raises(InvalidIdentifier) as caught:
        parse(case["input"])
    assert expected.removeprefix("error: ") in caught.value.message.render("en")
    assert caught.value.hint.render("en")
    assert caught.value.exit_code == 2


def outcome(parse, text):
    """Return what the parser returned, or the only error it may raise."""
    try:
        return parse(text)
    except InvalidIdentifier as error:
        return error


@given(company_inns() | person_inns())
def test_an_inn_with_right_check_digits_parses_to_itself(inn):
    assert parse_inn(inn) == inn
    assert is_sole_trader(inn) == (len(inn) == 12)


def remainder(inn):
    return sum(weight * int(digit) for weight, digit in zip(INN_WEIGHTS_10, inn, strict=False)) % 11


@given(company_inns(), st.integers(0, 9), digits)
@example("7707083893", 9, 4)
def test_one_wrong_digit_is_caught_unless_remainders_0_and_10_are_confused(inn, position, wrong):
    assume(inn[position] != str(wrong))
    slip = inn[:position] + str(wrong) + inn[position + 1 :]
    assume(not slip.startswith("00"))
    confused = position < 9 and {remainder(inn), remainder(slip)} == {0, 10}
    if confused:
        assert parse_inn(slip) == slip
    else:
        with pytest.raises(InvalidIdentifier):
            parse_inn(slip)


@given(st.integers(100_000_000_000, 999_999_999_999))
def test_any_wrong_check_digit_of_an_ogrn_is_caught(body):
    right = body % 11 % 10
    assert parse_ogrn(f"{body}{right}") == f"{body}{right}"
    with pytest.raises(InvalidIdentifier):
        parse_ogrn(f"{body}{(right + 1) % 10}")


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
@given(text=st.text() | st.text("0123456789., ", max_size=16))
def test_arbitrary_text_raises_nothing_but_invalid_identifier(parse, text):
    parsed = outcome(parse, text)
    if isinstance(parsed, InvalidIdentifier):
        assert len(f"{parsed.message} {parsed.hint}".splitlines()) == 1
        assert len(parsed.message.render("en")) < 200
    else:
        assert parse(parsed) == parsed


def test_every_code_of_the_classifications_parses_to_itself():
    assert all(parse_okved(code) == code for code in okved2() if code[0].isdigit())
    assert all(parse_okpd2(code) == code for code in okpd2() if code[0].isdigit())


@given(st.sampled_from(sorted(code for code in okved2() if code[0].isdigit())))
def test_a_code_typed_without_dots_is_never_taken_for_another(code):
    bare = code.replace(".", "")
    assume(len(bare) > 2)
    parsed = outcome(parse_okved, bare)
    assert parsed == code or "it can be" in str(parsed)


@pytest.mark.parametrize(
    ("parse", "text", "hint"),
    [
        (parse_inn, "105003009", "0105003009 is a valid INN"),
        (parse_okved, "71.12.46", "71.12.4"),
        (parse_okved, "51.70", "OKVED-1"),
    ],
)
def test_the_hint_says_what_was_probably_meant(parse, text, hint):
    with pytest.raises(InvalidIdentifier) as caught:
        parse(text)
    assert hint in caught.value.hint.render("en")
