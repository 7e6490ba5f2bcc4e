"""Identifiers, parsed once at the edge: INN, OGRN, OKVED-2, OKVED-1 and OKPD-2 codes.

Every parser takes text as people and files write it and returns the normal form, or raises
:class:`~models.errors.InvalidIdentifier` with the check that failed and a hint. Inside the program identifiers are of
these types and valid.

What a checksum catches. A check digit is a weighted sum modulo 11, and remainder 10 is written as 0. So a wrong
check digit is always caught; one wrong digit before it is caught except where the remainder goes from 0 to 10 or back
(about 2 % of such slips). The 15-digit OGRN is taken modulo 13, where 10, 11 and 12 are written as 0, 1 and 2.

References
----------
Order of the Federal Tax Service of 29.06.2012 ММВ-7-6/435@ (structure of INN); order of the Ministry of Finance of
30.10.2017 165н (structure of OGRN).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from operator import mul
from typing import NewType

from models.classifications import activity_name, group_of, nearest_code, okpd2, okved1_classes, okved2
from models.errors import InvalidIdentifier
from models.text import T, Text

Inn = NewType("Inn", str)
Ogrn = NewType("Ogrn", str)
OkvedCode = NewType("OkvedCode", str)
Okved1Code = NewType("Okved1Code", str)
Okpd2Code = NewType("Okpd2Code", str)

#: What each identifier is called in an error message.
INN, OGRN = T("INN"), T("OGRN")
OKVED2, OKVED1, OKPD2 = T("OKVED-2 code"), T("OKVED-1 code"), T("OKPD-2 code")

#: Largest number of a row that is asked for, nine digits; a number beyond 2³¹ is an error of PostgreSQL.
LARGEST_NUMBER = 999_999_999

INN_WEIGHTS_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_WEIGHTS_11 = (7, *INN_WEIGHTS_10)
INN_WEIGHTS_12 = (3, *INN_WEIGHTS_11)

OKVED_FORM = re.compile(r"\d\d(\.\d(\d(\.\d{1,2})?)?)?", re.ASCII)
OKPD2_FORM = re.compile(r"\d\d(\.\d(\d(\.\d(\d(\.\d{3})?)?)?)?)?", re.ASCII)


def parse_inn(text: str) -> Inn:
    """Return the INN written in ``text``: 10 digits of a company or 12 of a person, both checksums verified.

    Raises
    ------
    InvalidIdentifier
        Saying which check failed: a character that is no digit, the length, the tax office, or the check digit and
        what it should be.

    Examples
    --------
    >>> parse_inn(" 7707083893 ")
    '7707083893'
    """
    digits = _digits(text, INN, (10, 12), _inn_hint)
    if digits.startswith("00"):
        raise _invalid(text, INN, T("no region has the number 00"), _inn_hint(text))
    checks = (INN_WEIGHTS_10,) if len(digits) == 10 else (INN_WEIGHTS_11, INN_WEIGHTS_12)
    for weights in checks:
        _check_digit(text, INN, digits, len(weights), inn_check_digit(digits, weights))
    return Inn(digits)


def inn_check_digit(digits: str, weights: Sequence[int]) -> int:
    """Return the check digit that follows the first ``len(weights)`` digits.

    >>> inn_check_digit("770708389", INN_WEIGHTS_10)
    3
    """
    total: int = sum(map(mul, weights, map(int, digits)))
    return total % 11 % 10


def is_sole_trader(inn: str) -> bool:
    """Tell whether an INN is a person's (12 digits), so that its holder trades as an entrepreneur.

    >>> is_sole_trader("7707083893")
    False
    """
    return len(inn) == 12


def parse_ogrn(text: str) -> Ogrn:
    """Return the OGRN written in ``text``: 13 digits of a company or 15 of an entrepreneur, checksum verified.

    Raises
    ------
    InvalidIdentifier
        Saying which check failed.

    Examples
    --------
    >>> parse_ogrn("1027700132195")
    '1027700132195'
    """
    digits = _digits(text, OGRN, (13, 15), _ogrn_hint)
    if digits.startswith("0"):
        raise _invalid(text, OGRN, T("no OGRN begins with 0"), _ogrn_hint(text))
    last = len(digits) - 1
    _check_digit(text, OGRN, digits, last, int(digits[:last]) % (last - 1) % 10)
    return Ogrn(digits)


def parse_okved(text: str) -> OkvedCode:
    """Return the OKVED-2 code written in ``text``, in normal form and known to the classification.

    Spaces, a trailing dot and a comma for the dot are forgiven; so are missing dots and a missing leading zero, as
    long as only one code can be meant.

    Raises
    ------
    InvalidIdentifier
        If the text has not the form of a code, can be two codes, or is a code OKVED-2 does not have.

    Examples
    --------
    >>> parse_okved("20.15.3."), parse_okved("1.11"), parse_okved("2015")
    ('20.15.3', '01.11', '20.15')
    """
    candidates = _candidates(text, OKVED_FORM, OKVED2, T("write it as 20, 20.1, 20.15, 20.15.3 or 20.15.31"))
    known = _known(candidates, okved2())
    if not known:
        raise _invalid(text, OKVED2, T("the classification has no such code"), _okved_hint(candidates))
    return OkvedCode(_only(text, OKVED2, known))


def parse_okpd2(text: str) -> Okpd2Code:
    """Return the OKPD-2 code written in ``text``, in normal form and known to the classification.

    Forgives what :func:`parse_okved` forgives. Contracts fill a category up to ten digits with ``.000``; where the
    classification has no such line it is the category.

    Raises
    ------
    InvalidIdentifier
        If the text has not the form of a code, can be two codes, or is a code OKPD-2 does not have.

    Examples
    --------
    >>> parse_okpd2("20.15.10.130"), parse_okpd2("68.20.12.000")
    ('20.15.10.130', '68.20.12')
    """
    hint = T("write it as 20.15, 20.15.1, 20.15.10 or 20.15.10.130")
    candidates = _candidates(text, OKPD2_FORM, OKPD2, hint)
    known = _known(candidates, okpd2()) or _known([code.removesuffix(".000") for code in candidates], okpd2())
    if not known:
        raise _invalid(text, OKPD2, T("the classification has no such code"), hint)
    return Okpd2Code(_only(text, OKPD2, known))


def parse_okved1(text: str) -> Okved1Code:
    """Return the OKVED-1 code (in force until 2016) written in ``text``, two to six digits in normal form.

    The class must be known to the correspondence that carries it to OKVED-2; deeper digits are kept as they are.

    Raises
    ------
    InvalidIdentifier
        If the text has not the form of a code, can be two codes, or is of a class OKVED-1 does not have.

    Examples
    --------
    >>> parse_okved1("24.15.1"), parse_okved1("51")
    ('24.15.1', '51')
    """
    hint = T("write it as 24, 24.1, 24.15, 24.15.1 or 24.15.11")
    candidates = _candidates(text, OKVED_FORM, OKVED1, hint)
    known = tuple(code for code in candidates if okved1_classes(code))
    if not known:
        raise _invalid(text, OKVED1, T("the classification has no such code"), hint)
    return Okved1Code(_only(text, OKVED1, known))


def _invalid(text: str, kind: Text, why: Text, hint: Text | None = None) -> InvalidIdentifier:
    return InvalidIdentifier(T("{text} is not a valid {kind}: {why}", text=_shown(text), kind=kind, why=why), hint)


def _shown(text: str) -> str:
    """Return ``text`` fit for one line of an error message."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(printable.split())
    return f"«{line[:40]}…»" if len(line) > 40 else f"«{line}»"


def _squeezed(text: str) -> str:
    """Return ``text`` without spaces and the invisible marks that spreadsheets and web pages leave."""
    return "".join(text.replace("\ufeff", "").replace("\u200b", "").split())


def _digits(text: str, kind: Text, lengths: tuple[int, int], hint: Callable[[str], Text]) -> str:
    digits = _squeezed(text)
    if digits and not (digits.isascii() and digits.isdecimal()):
        position, found = next((i, c) for i, c in enumerate(digits, start=1) if c not in "0123456789")
        why = T("character {position} is no digit: {found}", position=position, found=_shown(found))
        raise _invalid(text, kind, why, hint(text))
    if len(digits) not in lengths:
        why = T("it has {count} digits, not {short} or {long}", count=len(digits), short=lengths[0], long=lengths[1])
        raise _invalid(text, kind, why, hint(text))
    return digits


def _check_digit(text: str, kind: Text, digits: str, position: int, expected: int) -> None:
    found = int(digits[position])
    if found != expected:
        why = T(
            "checksum: digit {position} is {found}, the others give {expected}",
            position=position + 1,
            found=found,
            expected=expected,
        )
        raise _invalid(text, kind, why, T("compare it with the source: a digit is mistyped"))


def _inn_hint(text: str) -> Text:
    """Return what to do about a wrong INN; files saved by a spreadsheet lose the leading zero."""
    padded = "0" + _squeezed(text)
    plain = len(padded) == 10 and padded.isascii() and padded.isdecimal()
    if plain and int(padded[-1]) == inn_check_digit(padded, INN_WEIGHTS_10):
        return T("a leading zero may be lost: {inn} is a valid INN", inn=padded)
    return T("an INN has 10 digits (company) or 12 (entrepreneur)")


def _ogrn_hint(_: str) -> Text:
    return T("an OGRN has 13 digits (company) or 15 (entrepreneur)")


def _candidates(text: str, form: re.Pattern[str], kind: Text, hint: Text) -> tuple[str, ...]:
    """Return every code in normal form that ``text`` can stand for."""
    squeezed = _squeezed(text).replace(",", ".").removesuffix(".")
    if "." in squeezed or len(squeezed) == 2:
        spelled = ["0" + squeezed if squeezed[1:2] == "." else squeezed]
    else:
        spelled = [_dotted(squeezed), _dotted("0" + squeezed)]
    candidates = tuple(code for code in spelled if form.fullmatch(code))
    if not candidates:
        raise _invalid(text, kind, T("it has not the form of a code"), hint)
    return candidates


def _dotted(digits: str) -> str:
    """Put the dots into digits written without them: two by two, what comes after six digits in one piece."""
    parts = [digits[0:2], digits[2:4], digits[4:6], digits[6:]]
    return ".".join(part for part in parts if part)


def _known(candidates: Iterable[str], table: Container[str]) -> tuple[str, ...]:
    return tuple(code for code in candidates if code in table)


def _only(text: str, kind: Text, known: tuple[str, ...]) -> str:
    if len(known) == 1:
        return known[0]
    why = T("it can be {first} or {second}", first=known[0], second=known[1])
    raise _invalid(text, kind, why, T("write the code with its dots and leading zero"))


def _okved_hint(candidates: tuple[str, ...]) -> Text:
    """Return the nearest code OKVED-2 does have, or say that the code is of the old classification."""
    code = candidates[0]
    nearest = nearest_code(code)
    if okved1_classes(code) and group_of(code) is None:
        return T("{code} is a code of the old OKVED-1, in force until 2016", code=code)
    if nearest is not None:
        return T("the nearest known code is {code} ({name})", code=nearest, name=activity_name(nearest, "ru"))
    return T("look the code up by what the company does: zveno classify --text …")
