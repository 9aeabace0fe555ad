"""Is every text that a person may see translated? Exits with 1 and names those that are not."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("scrm", "campaigns", "games", "center_core")
CATALOGUE = ROOT / "scrm" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"

METHODS = [
    ("**/node_modules/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2"),
]
KEYWORDS = {
    **dict.fromkeys(("_", "N_", "gettext", "lazy_gettext"), None),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def texts() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Each text in the sources, with the place where it stands."""
    for folder in FOLDERS:
        found = extract_from_dir(ROOT / folder, method_map=METHODS, keywords=KEYWORDS)
        for file, line, text, _comments, _context in found:
            yield f"{folder}/{file}:{line}", text


def faults(catalogue: Catalog) -> Iterator[str]:
    for place, text in texts():
        singular = text if isinstance(text, str) else text[0]
        if not singular:
            continue
        message = catalogue.get(singular)
        if message is None or not any(_forms(message)):
            yield f"{place}: no translation of {singular!r}"
        elif message.fuzzy:
            yield f"{place}: the translation of {singular!r} is marked as fuzzy"
        elif any(_placeholders(form) - _placeholders(text) for form in _forms(message)):
            yield f"{place}: the translation of {singular!r} has a placeholder that the text has not"


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(text: str | tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(PLACEHOLDER.findall(text if isinstance(text, str) else " ".join(text)))


def main() -> int:
    if not CATALOGUE.exists():
        print(f"{CATALOGUE.relative_to(ROOT)} is missing")
        return 1
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream, locale="zh")
    found = sorted(set(faults(catalogue)))
    print("\n".join(found) if found else "Every text is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
