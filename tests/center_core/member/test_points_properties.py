"""Whatever happens to a member's points, in whatever order: the books balance, nothing is lost or made."""

from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from center_core import member
from center_core.kit import Refused, Session
from tests import make

AMOUNT = st.integers(1, 200)
# Few sources, so that replays and returns meet what was posted.
SOURCE = st.integers(0, 5)
STEP = st.one_of(
    st.tuples(st.just("earn"), SOURCE, AMOUNT, st.none() | st.integers(0, 400)),
    st.tuples(st.just("spend"), SOURCE, AMOUNT),
    st.tuples(st.just("reverse"), SOURCE, st.none() | AMOUNT, SOURCE),
    st.tuples(st.just("give_back"), SOURCE),
    st.tuples(st.just("release")),
    st.tuples(st.just("expire")),
    st.tuples(st.just("wait"), st.integers(1, 500)),
)


def source(kind: str, number: int) -> tuple[str, UUID]:
    return (kind, UUID(int=number))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=25))
def test_the_books_balance_after_any_sequence(db: Session, now, steps) -> None:
    member_id = make.member(db).member_id
    at = now
    for verb, *details in steps:
        before = member.balance(db, member_id)
        if verb == "earn":
            number, points, days = details
            until = at + timedelta(days=days) if days is not None else None
            posted = member.earn(
                db,
                member_id=member_id,
                points=points,
                source=source("order", number),
                pending_until=until,
                now=at,
            )
            assert posted is not None
        elif verb == "spend":
            number, points = details
            try:
                member.spend(db, member_id=member_id, points=points, source=source("gift", number), now=at)
            except Refused:
                assert points > before.available
        elif verb == "reverse":
            number, points, cause = details
            by = source("return", cause)
            member.reverse(
                db, member_id=member_id, source=source("order", number), points=points, by=by, now=at
            )
        elif verb == "give_back":
            member.give_back(db, member_id=member_id, source=source("gift", details[0]), now=at)
        elif verb == "release":
            member.release_points(db, now=at)
        elif verb == "expire":
            member.expire_points(db, now=at)
            # Lapsing takes what is there; it never makes a debt.
            assert member.balance(db, member_id).available >= min(0, before.available)
        else:
            at += timedelta(days=details[0])
        after = member.balance(db, member_id)
        assert after.pending >= 0
        assert after.lifetime >= 0
    assert list(member.check(db)) == []

    # When all is long past, nothing is pending or usable any more.
    the_end = at + timedelta(days=4000)
    while member.release_points(db, now=the_end) or member.expire_points(
        db, now=the_end + timedelta(days=800)
    ):
        pass
    finally_left = member.balance(db, member_id)
    assert finally_left.pending == 0
    assert finally_left.available <= 0
    assert list(member.check(db)) == []
