"""What a rule's statement finds becomes one finding for each row, under the rule's name."""

from center_core.kit import Finding, Session, breaches


def test_each_row_of_each_rule_is_a_finding(db: Session) -> None:
    rules = {
        "book.balance": "select 'account ' || n, n || ' is missing' from generate_series(1, 2) n",
        "book.order": "select 'nobody', 'sees this' where false",
        "book.owner": "select 'account 3', 'belongs to nobody'",
    }
    assert list(breaches(db, rules)) == [
        Finding("book.balance", "account 1", "1 is missing"),
        Finding("book.balance", "account 2", "2 is missing"),
        Finding("book.owner", "account 3", "belongs to nobody"),
    ]
