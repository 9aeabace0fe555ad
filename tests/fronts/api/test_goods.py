"""The catalogue and the stock, as a till reads them, and deliveries that it books."""

from center_core import channel
from center_core.kit import Database
from tests import make

from .conftest import Shop, Till
from .test_refusals import refused


def test_an_article_is_found_by_its_barcode(till: Till, shop: Shop) -> None:
    found = till.get("/products", barcode=shop.sku.barcode).json
    assert [article["sku"] for each in found["products"] for article in each["articles"]] == [shop.sku.code]
    assert refused(till.get("/products", barcode="0")) == (404, "sku_unknown")


def test_the_catalogue_is_read_page_by_page(till: Till, database: Database) -> None:
    with database.transaction() as db:
        codes = sorted(make.sku(db).code for _ in range(5))
    seen, after = [], None
    for _ in range(100):
        page = till.get("/products", limit=2, **({"after": after} if after else {})).json
        assert len(page["products"]) <= 2
        seen += [article["sku"] for each in page["products"] for article in each["articles"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen))
    assert set(codes) <= set(seen)


def test_a_page_is_of_a_sensible_size(till: Till) -> None:
    for limit in ("0", "201", "many"):
        assert refused(till.get("/products", limit=limit)) == (422, "bad_input")


def test_a_missing_size_is_found_elsewhere(till: Till, shop: Shop, database: Database) -> None:
    with database.transaction() as db:
        near, far = make.store(db), make.store(db)
        make.stock(db, near, shop.sku, 2)
        make.stock(db, far, shop.sku, 7)
        make.stock(db, make.store(db), shop.sku, 0)
    seen = till.get("/stock", sku=shop.sku.barcode).json
    assert seen["here"] == {"on_hand": 10, "reserved": 0, "available": 10}
    assert [(each["location"], each["available"]) for each in seen["elsewhere"]] == [
        (f"L-{far.code}", 7),
        (f"L-{near.code}", 2),
    ]


def test_a_delivery_and_a_count(till: Till, shop: Shop) -> None:
    delivery = [{"article": shop.sku.code, "quantity": 3}, {"article": shop.sku.barcode, "quantity": 2}]
    moved = till.post("/stock-movements", {"kind": "receive", "lines": delivery})
    assert moved.status_code == 201
    assert [line["stock"]["on_hand"] for line in moved.json["lines"]] == [15]
    missing = {"kind": "adjust", "lines": [{"article": shop.sku.code, "quantity": -4}]}
    assert till.post("/stock-movements", missing).json["lines"][0]["stock"]["on_hand"] == 11


def test_a_numbered_delivery_is_booked_once_whatever_its_key(
    till: Till, shop: Shop, database: Database
) -> None:
    note = {"kind": "receive", "number": "入库 7/A", "lines": [{"article": shop.sku.code, "quantity": 3}]}
    first, again = (till.post("/stock-movements", note) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert again.json["lines"][0]["stock"]["on_hand"] == 13

    with database.transaction() as db:
        scarf = make.sku(db)
    for lines in (
        [{"article": shop.sku.code, "quantity": 4}],
        [*note["lines"], {"article": scarf.code, "quantity": 1}],
        [{"article": scarf.code, "quantity": 3}],
    ):
        answer = till.post("/stock-movements", note | {"lines": lines})
        assert refused(answer) == (409, "movement_number_taken")
    assert till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 13
    assert till.get("/stock", sku=scarf.code).json["here"]["on_hand"] == 0


def test_numbers_are_the_stores_own_and_of_one_kind(
    till: Till, other_till: Till, shop: Shop, database: Database
) -> None:
    count = {"kind": "adjust", "number": "7", "lines": [{"article": shop.sku.code, "quantity": -4}]}
    for _ in range(2):
        assert till.post("/stock-movements", count).json["lines"][0]["stock"]["on_hand"] == 6
    delivery = {"kind": "receive", "number": "7", "lines": [{"article": shop.sku.code, "quantity": 1}]}
    assert till.post("/stock-movements", delivery).json["lines"][0]["stock"]["on_hand"] == 7
    with database.transaction() as db:
        store = channel.store_by_code(db, other_till.get("/me").json["store"]["code"])
        make.stock(db, store, shop.sku, 5)
    assert other_till.post("/stock-movements", delivery).json["lines"][0]["stock"]["on_hand"] == 6


def test_lines_that_cancel_out_may_be_sent_again(till: Till, shop: Shop) -> None:
    lines = [{"article": shop.sku.code, "quantity": quantity} for quantity in (2, -2)]
    for _ in range(2):
        answer = till.post("/stock-movements", {"kind": "adjust", "number": "8", "lines": lines})
        assert answer.json["lines"][0]["stock"]["on_hand"] == 10


def test_a_store_without_stock_says_so(other_till: Till, shop: Shop) -> None:
    delivery = {"kind": "receive", "lines": [{"article": shop.sku.code, "quantity": 1}]}
    assert refused(other_till.post("/stock-movements", delivery)) == (404, "location_unknown")
    assert other_till.get("/stock", sku=shop.sku.code).json["here"]["on_hand"] == 0
