"""Personal data in a text, replaced by the name of what it is: for logs, exports and all that is taught.

Found are mobile numbers, identity cards (GB 11643), 统一社会信用代码 (GB 32100), bank cards (ISO/IEC 7812) and
e-mail addresses; those with a check figure only where it fits. Full-width characters count as half-width ones, and
spaces and hyphens inside a number do not hide it. Land lines, amounts, dates and document numbers have none of
these forms; what a notice prints itself may be named besides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

if TYPE_CHECKING:
    from knowledge.pack import Pack

_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Masks(Frozen):
    """What is written in place of each kind."""

    email: str
    identity_card: str
    credit_code: str
    bank_card: str
    mobile: str


class _Kind(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    fits: Callable[[str], bool]


def mask(text: str, printed: Collection[str] = ()) -> str:
    """The text without personal data; `printed` are numbers and addresses that may be known to everybody."""
    if not _PROMISING.search(_folded(text)):
        return text
    public = frozenset(map(_bare, printed))
    for kind in _KINDS:
        # A name in place of a number sets the numbers beside it free: looked at until nothing is found.
        while (masked := _without(kind, text, public)) != text:
            text = masked
    return text


def printed_by(packs: Iterable[Pack]) -> tuple[str, ...]:
    """The numbers that notices give to everybody."""
    return tuple(contact.phone for pack in packs for contact in pack.notice.contacts)


def is_identity_card(number: str) -> bool:
    """Whether 18 characters are an identity card's: a day of birth, and the check figure."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number, _CARD_WEIGHTS, strict=False))
    return born.year >= 1850 and number[17] == "10X98765432"[total % 11]


def is_credit_code(code: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码: its letters, and the check character."""
    values = [_CODE_LETTERS.find(letter) for letter in code]
    total = sum(value * weight for value, weight in zip(values, _CODE_WEIGHTS, strict=False))
    return -1 not in values and values[17] == -total % 31


def is_bank_card(number: str) -> bool:
    """Whether the last figure is the check figure of the others (Luhn)."""
    counted = (int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(number)))
    return sum(value - 9 * (value > 9) for value in counted) % 10 == 0


def is_mobile(number: str) -> bool:
    """Whether it has the eleven figures of a mobile number, the country's before them or not."""
    return len(re.sub("^(?:00)?86", "", number)) == 11


# Any space or hyphen, also those of other widths and of no width; no line break.
_GAP = "[ \\t\\u00a0\\u2000-\\u200d\\u2060\\u3000\\ufeff\\u2010-\\u2015\\u2212-]"
_SPACED = f"{_GAP}{{0,3}}"
_LETTER = "[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]"
_BEFORE, _AFTER = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
_NO_AMOUNT = "(?!\\s{0,3}(?:[万亿]|元(?!旦)))"


def _any_gaps(*characters: str) -> str:
    return _SPACED.join(characters)


_EMAIL = (
    "(?<![A-Za-z0-9.%+_-])[A-Za-z0-9%+_-][A-Za-z0-9.%+_-]{0,63}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}"
)
_IDENTITY_CARD = _BEFORE + _any_gaps("[1-9]", *["[0-9]"] * 16, "[0-9Xx]") + _AFTER
_CREDIT_CODE = _BEFORE + _any_gaps("[159ANYany]", "[1-59]", *["[0-9]"] * 6, *[_LETTER] * 10) + _AFTER
# In one piece, in fours, or six and the rest. Years and days of this century do not begin like a card.
_BANK_CARD = (
    f"{_BEFORE}(?:[3-69][0-9]{{15,18}}|[3-69][0-9]{{3}}(?:{_SPACED}[0-9]{{4}}){{3}}(?:{_SPACED}[0-9]{{1,3}})?"
    f"|[3-69][0-9]{{5}}{_SPACED}[0-9]{{10,13}}){_AFTER}{_NO_AMOUNT}"
)
# Three figures first, or seven: 「1500 2000 300」 are three amounts, 「138 0013 8000」 is a number to ring.
_MOBILE = (
    f"(?<![0-9])(?:(?:\\+|00)?86{_SPACED})?(?:1[3-9][0-9]{_SPACED}[0-9]{{3,5}}{_SPACED}[0-9]{{3,5}}"
    f"|1{_GAP}[3-9](?:{_GAP}[0-9]){{9}})(?![0-9]){_NO_AMOUNT}"
)
_PROMISING = re.compile(f"@|(?:[0-9]{_SPACED}){{7}}")
"""What every kind has: most texts have none of it, and are read once."""
_KINDS = (
    _Kind("email", re.compile(_EMAIL), lambda _: True),
    _Kind("identity_card", re.compile(_IDENTITY_CARD), is_identity_card),
    _Kind("credit_code", re.compile(_CREDIT_CODE), is_credit_code),
    _Kind("bank_card", re.compile(_BANK_CARD), is_bank_card),
    _Kind("mobile", re.compile(_MOBILE), is_mobile),
)


def _without(kind: _Kind, text: str, public: Collection[str]) -> str:
    pieces, told = [], 0
    for found in kind.pattern.finditer(_folded(text)):
        bare = _bare(found[0])
        if bare not in public and kind.fits(bare):
            pieces += [text[told : found.start()], getattr(load_masks(), kind.name)]
            told = found.end()
    return "".join((*pieces, text[told:]))


def _folded(text: str) -> str:
    """Half-width, character for character, so that places in it are places in the text."""
    if text.isascii():
        return text
    return "".join(map(_half_width, text))


@cache
def _half_width(character: str) -> str:
    if "！" <= character <= "～":
        return chr(ord(character) - 0xFEE0)
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _bare(found: str) -> str:
    """What identifies it: letters and figures of a number, the whole of an address."""
    folded = _folded(found).upper()
    return folded if "@" in folded else re.sub("[^0-9A-Z]", "", folded)


@cache
def load_masks() -> Masks:
    """What is written in place of personal data. Raises PackError where the file is wrong."""
    return load_model(Path(__file__).with_name("templates") / "masks.yaml", Masks)
