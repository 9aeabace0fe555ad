"""What requests and answers of ``/v1`` are made of."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

BILLION_YUAN = 100_000_000_000

# Control characters have no place in a name, a number or a code, and PostgreSQL none for NUL.
LINE_OF_TEXT = r"^[^\x00-\x1f\x7f]*$"
VISIBLE = r"^[!-~]+$"

Fen = Annotated[int, Field(ge=0, le=BILLION_YUAN, description="Money, in fen (1/100 yuan).")]
Pieces = Annotated[int, Field(ge=1, le=10_000)]
Article = Annotated[
    str, Field(min_length=1, max_length=64, pattern=VISIBLE, description="A SKU code or a barcode.")
]
CouponCode = Annotated[str, Field(min_length=1, max_length=32, pattern=VISIBLE)]
Number = Annotated[
    str,
    Field(
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="The number on the receipt, unique within the store.",
    ),
]
MemberId = Annotated[
    UUID, BeforeValidator(lambda value: UUID(value) if isinstance(value, str) else value), Field(strict=True)
]


class Request(BaseModel):
    """What a caller sends: nothing else than what is asked for, in the types that are asked for."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Query(BaseModel):
    """What a caller asks for behind the question mark; everything there is text."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """What a caller gets."""


class Bilingual(Answer):
    """A text of the brand in both its languages."""

    en: str = ""
    zh: str = ""

    @classmethod
    def of(cls, text: dict[str, Any] | None) -> "Bilingual":
        """The languages of a stored text."""
        return cls(en=(text or {}).get("en", ""), zh=(text or {}).get("zh", ""))
