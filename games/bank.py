"""Questions of a game that asks: from the game's own bank, and from what a marketer has typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic_core import PydanticCustomError

Texts = dict[str, str]
LANGUAGES = ("en", "zh")

LONGEST = {"ask": 100, "right": 60, "wrong": 60, "because": 120}
"""Characters that stand on a small phone's card."""

MARKS = {"*": "right", "-": "wrong", "=": "because"}


@dataclass(frozen=True)
class Question:
    """One question of a bank. ``because`` is what is told with the right answer; ``level`` 1 is easy, 3 is hard."""

    key: str
    level: int
    ask: Texts
    right: Texts
    wrong: tuple[Texts, ...]
    because: Texts


def from_row(row: Mapping[str, Any]) -> Question:
    """A question of a bank.toml, where each language stands together."""

    def texts(part: str) -> Texts:
        return {language: row[language][part] for language in LANGUAGES}

    wrong = tuple({language: row[language]["wrong"][place] for language in LANGUAGES} for place in range(3))
    return Question(row["key"], row["level"], texts("ask"), texts("right"), wrong, texts("because"))


@lru_cache(maxsize=64)
def typed(text: str) -> tuple[Question, ...]:
    """Questions as a marketer types them, a blank line between two of them:

        中文题目 | The question in English
        * 正确答案 | The right answer
        - 错误答案 | A wrong one
        - 错误答案 | A wrong one
        - 错误答案 | A wrong one
        = 一句解释 | Why, in one sentence

    The last line may be missing, and so may the English. Names the line in which a question is broken.
    """
    questions: list[Question] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            questions.append(_read(block, f"own.{len(questions)}"))
            block = []
    return tuple(questions)


def valid(text: str) -> str:
    """``text``, if it can be read as questions."""
    typed(text)
    return text


def _read(block: list[tuple[int, str]], key: str) -> Question:
    first, ask = block[0]
    question = Question(key, 0, _both(first, ask, "ask"), {}, (), dict.fromkeys(LANGUAGES, ""))
    for number, line in block[1:]:
        part = MARKS.get(line[0])
        if part is None:
            raise _broken(number)
        texts = _both(number, line[1:], part)
        if part == "wrong":
            question = replace(question, wrong=(*question.wrong, texts))
        elif part == "because":
            question = replace(question, because=texts)
        elif question.right:
            raise _broken(number)
        else:
            question = replace(question, right=texts)
    answers = [question.right, *question.wrong]
    if len(answers) != 4 or not all(len({one.get(code) for one in answers}) == 4 for code in LANGUAGES):
        raise _broken(first)
    return question


def _both(number: int, line: str, part: str) -> Texts:
    chinese, _, english = (text.strip() for text in line.partition("|"))
    texts = {"zh": chinese, "en": english or chinese}
    if not chinese or max(map(len, texts.values())) > LONGEST[part]:
        raise _broken(number)
    return texts


def _broken(number: int) -> PydanticCustomError:
    return PydanticCustomError("question_broken", "line {line} is no part of a question", {"line": number})
