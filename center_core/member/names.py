"""Phone numbers and names in the form in which they are kept and looked for."""

import phonenumbers

from center_core.kit import N_, Refused

LONGEST_NAME = 40


def normal_phone(text: str, *, country: str = "CN") -> str:
    """``text`` as E.164 (``+8613800138000``), read as in ``country``. Refuses ``phone_invalid``."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Refused("phone_invalid", N_("This is not a phone number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_name(text: str, *, phone: str) -> str:
    """The name without stray blanks; who gives none is called by the end of their phone number."""
    return " ".join(text.split())[:LONGEST_NAME].strip() or f"·{tail_of(phone)}"


def tail_of(phone: str) -> str:
    """The last four digits, which guides know a member by."""
    return phone[-4:]


def pinyin_of(name: str) -> str:
    """How the name is typed on a Latin keyboard, in full and by initials: 王小明 is ``wangxiaoming wxm``."""
    # Its dictionary takes a third of a second to load, which most processes never need.
    from pypinyin import Style, lazy_pinyin

    full = "".join(lazy_pinyin(name)).replace(" ", "").lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda rest: rest[:1])).lower()
    return f"{full} {initials}" if initials != full else full
