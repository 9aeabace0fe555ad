"""One block of members: who they are, whose they are, what they hold, and two years of what they bought."""

import hashlib
from datetime import UTC, datetime, timedelta
from random import Random

from center_core import member
from center_core.kit import CODE_ALPHABET

from .copying import CHECK, DIGITS4, LETTERS4, Ids, Rows
from .history import Guide, History
from .names import person
from .rhythm import Calendar
from .world import Shop, World

SIZE = 5_000
YEARS_OF_HISTORY = 2
BOUND = 0.88
WITH_COUPON = 0.6
COUPON_DAYS = 365
# How many orders a member has placed: most few, some many.
ORDERS = (0, 1, 2, 3, 4, 5, 6, 8, 11, 15)
ORDERS_WEIGHT = (28, 29, 17, 10, 6, 4, 3, 2, 1, 1)
TAGS = ("滑雪", "通勤", "送礼", "亲子", "户外", "学生", "看重性价比", "偏爱长款", "偏爱轻薄", "企业团购")


class Block:
    """Draws the members of one block into ``rows``; the same ``seed`` and world give the same rows."""

    def __init__(self, world: World, seed: int, size: int = SIZE) -> None:
        if not 0 < size <= SIZE:
            raise ValueError(f"a block has 1 to {SIZE} members")
        self.rows = Rows()
        self.member_ids: list[str] = []
        self._world = world
        self._chance = Random(seed)
        self._ids = Ids()
        first = world.now - timedelta(days=365 * YEARS_OF_HISTORY)
        # Some had joined long before the two years of orders that are kept.
        self._joining = Calendar((first - timedelta(days=365)).date(), world.now.date())
        self._buying = Calendar(first.date(), world.now.date())
        self._since = first
        self._seed = seed
        for index in range(size):
            self._member(index)

    def _member(self, index: int) -> None:
        chance, world, rows = self._chance, self._world, self.rows
        joined_at = self._joining.moment(chance)
        member_id = self._ids.at(joined_at)
        self.member_ids.append(member_id)
        shop = chance.choices(world.shops, [shop.weight for shop in world.shops])[0]
        gender = "female" if chance.random() < 0.64 else "male"
        name = person(chance, gender)
        card, phone = card_number(index), phone_number(index)
        guide = self._bind(member_id, shop, joined_at)
        history = History(self._ids, rows, world, chance, member_id, shop, guide)
        history.welcome(joined_at)
        coupon = self._welcome_coupon(member_id, joined_at)
        for number, at in enumerate(self._moments(joined_at)):
            history.purchase(f"{index:04d}{DIGITS4}{number:02d}", at, coupon if number == 0 else None)
        history.close()
        if coupon is not None:
            coupon.write(rows)

        rows.add(
            "member",
            member_id=member_id, kind="person", number=card, name=name, name_pinyin=member.pinyin_of(name),
            gender=gender, birthday=self._birthday(), phone=phone, phone_tail=member.tail_of(phone),
            tier=history.tier, tier_until=history.tier_until, growth=history.growth,
            card_secret=hashlib.sha256(f"{self._seed}:{index}".encode()).digest()[:20],
            join_store_id=shop.id, join_code=None, joined_at=joined_at, locale="zh", status="active",
        )  # fmt: skip
        for kind, value in (("phone", phone), ("card", card)):
            rows.add("identity", kind=kind, value=value, member_id=member_id)
        rows.add(
            "consent",
            member_id=member_id, id=self._ids.at(joined_at), document="privacy", version=world.privacy_version,
            source="join", given_at=joined_at, withdrawn_at=None,
        )  # fmt: skip
        if chance.random() < 0.3:
            for tag in sorted(chance.sample(TAGS, chance.randint(1, 2))):
                rows.add("tag", member_id=member_id, tag=tag, added_at=joined_at)

    def _birthday(self) -> datetime | None:
        if self._chance.random() < 0.25:
            return None
        return datetime(1960, 1, 1, tzinfo=UTC) + timedelta(days=self._chance.randrange(48 * 365))

    def _bind(self, member_id: str, shop: Shop, at: datetime) -> Guide:
        if self._chance.random() > BOUND or not shop.guides:
            return None
        guide = self._chance.choice(shop.guides)
        self.rows.add(
            "binding",
            member_id=member_id, id=self._ids.at(at), staff_id=guide, store_id=shop.id, since=at, until=None,
            reason="join",
        )  # fmt: skip
        return guide

    def _welcome_coupon(self, member_id: str, at: datetime) -> "WelcomeCoupon | None":
        if self._chance.random() > WITH_COUPON:
            return None
        letters = "".join(self._chance.choice(CODE_ALPHABET) for _ in range(8))
        return WelcomeCoupon(self._world, self._ids, member_id, letters + LETTERS4, at)

    def _moments(self, joined_at: datetime) -> list[datetime]:
        """When this member bought, in order; a newcomer cannot have bought often."""
        wanted = self._chance.choices(ORDERS, ORDERS_WEIGHT)[0]
        since = max(joined_at, self._since)
        wanted = min(wanted, 1 + (self._world.now - since).days // 30)
        if (self._world.now - since).days < 2:
            return []
        return sorted({self._buying.moment(self._chance, since) for _ in range(wanted)})


class WelcomeCoupon:
    """The coupon that a new member is given; open until it is redeemed or its year is over."""

    def __init__(self, world: World, ids: Ids, member_id: str, code: str, at: datetime) -> None:
        self.id = ids.at(at)
        self.code = code
        self.until = at + timedelta(days=COUPON_DAYS)
        self.redeemed = False
        self._row = dict(
            member_id=member_id, id=self.id, template_id=world.welcome_template, code=code, issued_at=at,
            valid_from=at, valid_until=self.until, source_kind="welcome", source_id=ids.at(at), origin_id=None,
            from_stock=True,
        )  # fmt: skip
        self._expired = self.until <= world.now

    def write(self, rows: Rows) -> None:
        """The coupon's rows, in the state that it ended up in."""
        state = "redeemed" if self.redeemed else "expired" if self._expired else "issued"
        rows.add("coupon", **self._row, state=state)
        member_id = self._row["member_id"]
        rows.add("coupon_directory", code=self.code, member_id=member_id, coupon_id=self.id)
        rows.add("coupon_allowance", member_id=member_id, template_id=self._row["template_id"], issued=1)


def phone_number(index: int) -> str:
    """A number of the 138 range that differs between blocks and within; demo phones reach nobody."""
    return f"+86138{DIGITS4}{index:04d}"


def card_number(index: int) -> str:
    """A valid card number: the digit ``CHECK`` makes up for what the block's digits add to the sum."""
    number = member.card_number(int(f"7{index:04d}000000"))
    return f"{number[:5]}{DIGITS4}{CHECK}{number[10:]}"
