"""Finding styles and SKUs."""

from collections.abc import Callable, Collection
from typing import Any

import pytest

from center_core import product
from center_core.kit import NotFound, Refused, Session, uuid7
from tests import make


def test_the_catalogue_is_paged_by_code_and_searched_in_both_languages(db: Session) -> None:
    codes = [make.style(db, code=f"CAT{i}", category="vest").code for i in range(3)]
    first = product.styles(db, category="vest", limit=2)
    assert [row.code for row in first.rows] == codes[:2]
    assert [row.code for row in product.styles(db, category="vest", after=first.after).rows] == codes[2:]
    named = product.style_by_code(db, "CAT1")
    for q in (named.name["zh"], named.name["en"].lower(), "cat1"):
        assert named.id in [row.id for row in product.styles(db, q=q).rows]
    assert product.styles(db, q="100%").rows == []


def test_the_size_run_is_in_order(db: Session) -> None:
    style = make.style(db)
    for size in ("L", "XS", "M"):
        make.sku(db, of=style, size=size)
    assert [sku.size for sku in product.skus_of(db, style.id)] == ["XS", "M", "L"]


def test_a_till_may_scan_codes_or_barcodes(db: Session) -> None:
    one, two = make.sku(db), make.sku(db)
    found = product.articles(db, [one.code, two.barcode])
    assert {code: each.sku_id for code, each in found.items()} == {one.code: one.id, two.barcode: two.id}
    assert product.articles_of(db, [two.id]) == {two.id: found[two.barcode]}
    label = product.label(db, two.barcode)
    assert (label.code, label.price_fen, label.colour_name) == (two.code, two.price_fen, two.colour_name)


@pytest.mark.parametrize(
    ("known", "look"),
    [
        ("code", product.styles_by_code),
        ("id", product.size_runs),
        ("code", product.skus_by_code),
        ("code", product.skus_named),
    ],
)
def test_a_file_may_name_more_than_a_statement_has_places_for(
    db: Session, known: str, look: Callable[..., Collection[Any]]
) -> None:
    style = make.style(db, code="D1")
    make.sku(db, code="D1", of=style)
    others = (uuid7() for _ in range(65_536)) if known == "id" else map(str, range(65_536))
    assert len(look(db, [*others, getattr(style, known)])) == 1


def test_what_is_unknown_is_named(db: Session) -> None:
    with pytest.raises(NotFound) as fault:
        product.articles(db, [make.sku(db).code, "NOPE", "NEITHER"])
    assert fault.value.reasons == {"codes": "NEITHER, NOPE"}


def test_the_doctor_sees_a_code_that_is_anothers_barcode(db: Session) -> None:
    one, two = make.sku(db), make.sku(db)
    assert list(product.check(db)) == []
    one.code = two.barcode
    db.flush()
    assert [finding.check for finding in product.check(db)] == ["product.codes"]


def test_what_labels_name_cannot_be_changed(db: Session) -> None:
    sku = make.sku(db)
    style = product.update_style(db, style_id=sku.style_id, changes={"season": "27S"})
    assert (style.season, product.update_sku(db, sku_id=sku.id, changes={"price_fen": 5}).price_fen) == (
        "27S",
        5,
    )
    for change in (
        lambda: product.update_style(db, style_id=style.id, changes={"code": "X"}),
        lambda: product.update_sku(db, sku_id=sku.id, changes={"barcode": "X"}),
    ):
        with pytest.raises(Refused, match="product_field_fixed"):
            change()


def test_skus_by_whatever_a_till_may_scan(db: Session) -> None:
    one, two, _ = make.sku(db), make.sku(db), make.sku(db)
    assert {sku.id for sku in product.skus_named(db, [one.code, two.barcode, "?"])} == {one.id, two.id}
