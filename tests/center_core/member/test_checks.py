"""The doctor sees what is planted."""

import pytest
from sqlalchemy import text

from center_core import member
from center_core.kit import Session
from tests import make


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        ("update points_balance set available = available + 1", {"member.points"}),
        ("update points_balance set lifetime = 0", {"member.points"}),
        ("delete from points_balance", {"member.points"}),
        ("delete from points_posting", {"member.points"}),
        ("update points_posting set available_change = -5", {"member.points", "member.lot"}),
        ("delete from identity where kind = 'phone'", {"member.identity"}),
        ("delete from identity where kind = 'card'", {"member.identity"}),
        ("update member set phone = '+8613999999999'", {"member.identity"}),
        ("insert into identity values ('card', '1', gen_random_uuid())", {"member.identity"}),
    ],
)
def test_damage_is_found(db: Session, damage: str, seen: set[str]) -> None:
    make.member(db, points=100)
    assert list(member.check(db)) == []
    db.execute(text(damage))
    assert {finding.check for finding in member.check(db)} == seen
