"""A play's receipt, and the public check that its draw was fair."""

import base64
import binascii
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from center_core.kit import N_, NotFound, Session

from .definition import PPM, Definition
from .draw.fairness import FINAL_DRAW_KEY, NUMBER_BITS, number_of, seed_hash
from .draw.strategy import Odds
from .models import Campaign, CampaignVersion, Play, PrizeUnit


@dataclass(frozen=True)
class Line:
    """One line of the odds table: the parts of a million that fall on a prize."""

    prize_no: int
    from_part: int
    upto_part: int


@dataclass(frozen=True)
class Receipt:
    """All that a play was decided by. ``seed`` is empty until the campaign is settled.

    ``left_over`` is what the pool held of the prize that the number fell on, just before this play; none if that
    prize is unlimited. ``released_at`` is the moment of the unit that was won, where moments decide.
    """

    code: str
    campaign_id: UUID
    slug: str
    title: dict[str, str]
    version: int
    strategy: str
    member_id: UUID
    key: str
    n: int
    number: int
    part: int
    lines: tuple[Line, ...]
    drawn_no: int
    left_over: int | None
    prize_no: int
    prize_name: dict[str, str]
    unit_no: int | None
    released_at: datetime | None
    played_at: datetime
    seed_hash: str
    seed: str

    @property
    def final(self) -> bool:
        """Whether it was drawn at the end of the campaign, among all who took part."""
        return self.key == FINAL_DRAW_KEY

    def document(self) -> dict[str, Any]:
        """The receipt as plain values, for docs/verify_draw.py."""
        fields = asdict(self)
        moments = {"played_at": self.played_at, "released_at": self.released_at}
        return {
            **fields,
            **{name: at.isoformat(timespec="microseconds") if at else None for name, at in moments.items()},
            "campaign_id": str(self.campaign_id),
            "member_id": str(self.member_id),
            "final": self.final,
        }


@dataclass(frozen=True)
class Verdict:
    """The steps of the check; each is true, false, or none while the seed is secret."""

    seed_fits_hash: bool | None
    number_fits_seed: bool | None
    prize_fits_number: bool

    @property
    def fair(self) -> bool | None:
        steps = (self.seed_fits_hash, self.number_fits_seed, self.prize_fits_number)
        if False in steps:
            return False
        return None if None in steps else True


def receipt_code(member_id: UUID, play_id: UUID) -> str:
    """What the public address of a receipt ends in: it names member and play, so that both are found by key."""
    return base64.urlsafe_b64encode(member_id.bytes + play_id.bytes).decode().rstrip("=")


def receipt(db: Session, *, code: str) -> Receipt:
    """The receipt of one play."""
    try:
        both = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        member_id, play_id = UUID(bytes=both[:16]), UUID(bytes=both[16:])
    except (binascii.Error, ValueError):
        raise _unknown() from None
    play = db.get(Play, (member_id, play_id))
    if play is None:
        raise _unknown()
    it = db.get_one(Campaign, play.campaign_id)
    definition = Definition.model_validate(
        db.get_one(CampaignVersion, (play.campaign_id, play.version)).definition
    )
    unit = db.get(PrizeUnit, (play.campaign_id, play.prize_no, play.unit_no)) if play.unit_no else None
    odds = Odds.of(definition)
    return Receipt(
        code=code,
        campaign_id=it.id,
        slug=it.slug,
        title=definition.title.model_dump(),
        version=play.version,
        strategy=definition.draw.strategy,
        member_id=member_id,
        key=play.idempotency_key,
        n=play.n,
        number=play.number,
        part=(play.number * PPM) >> NUMBER_BITS,
        lines=tuple(
            Line(no, lower, upto)
            for no, lower, upto in zip(odds.prize_nos, (0, *odds.upto), odds.upto, strict=False)
        ),
        drawn_no=play.drawn_no,
        left_over=play.left_over,
        prize_no=play.prize_no,
        prize_name=definition.prize(play.prize_no).name.model_dump(),
        unit_no=play.unit_no,
        released_at=unit.release_at if unit else None,
        played_at=play.played_at,
        seed_hash=it.seed_hash or "",
        seed=it.seed.hex() if it.seed and it.revealed_at else "",
    )


def verify(it: Receipt) -> Verdict:
    """Compute the draw again. Before the seed is revealed only the step from number to prize can be checked."""
    seed = bytes.fromhex(it.seed)
    return Verdict(
        seed_fits_hash=seed_hash(seed) == it.seed_hash if it.seed else None,
        number_fits_seed=(
            number_of(seed, it.campaign_id, it.member_id, it.key) == it.number if it.seed else None
        ),
        prize_fits_number=_prize_fits(it),
    )


def _prize_fits(it: Receipt) -> bool:
    """The part lies on the drawn prize; that was won if there was stock, and the fallback prize if not."""
    if it.final:
        return it.drawn_no == it.prize_no
    fell_on = next(line.prize_no for line in it.lines if line.from_part <= it.part < line.upto_part)
    if fell_on != it.drawn_no:
        return False
    if it.released_at is not None:
        return it.released_at <= it.played_at
    in_stock = it.left_over is None or it.left_over > 0
    return it.prize_no == (it.drawn_no if in_stock else it.lines[-1].prize_no)


def _unknown() -> NotFound:
    return NotFound("receipt_unknown", N_("There is no such receipt."))
