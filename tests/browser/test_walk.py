"""From a marketer's idea to a coupon used in a store: every kind of user, on every process of the product."""

import pytest
from playwright.sync_api import Page, Playwright, expect

from scrm.demo.places import PLACES
from tests.stack import Stack

from . import consumer, guide, marketer
from .conftest import Sit
from .till import Till, opened

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SLUG = "coats-and-kettles"
CHALLENGE = "first-snow"
RECEIPT = "WALK-1"


def test_from_an_idea_to_a_coupon_used_in_a_store(stack: Stack, address: str, desk: Sit, phone: Sit) -> None:
    headquarters, member, guides = desk(), phone(), phone()
    build_and_publish(headquarters)

    guide.sign_in(guides, "guide001")
    link = guide.own_link(guides, marketer.TITLE["zh"])
    consumer.join(member, link)
    guides.goto("/guide/today")
    expect(guide.line(guides, "join", consumer.NAME)).to_be_visible()

    assert consumer.spin(member) == marketer.COUPON["zh"]
    proof = consumer.receipt(member)
    code = consumer.open_coupon(member)
    # The page was open before: nobody loads it again.
    expect(guide.line(guides, "win", marketer.COUPON["zh"])).to_be_visible()

    score = consumer.run(member, CHALLENGE)
    consumer.see_leaderboard(member, score)

    guide.open_conversation(guides, consumer.NAME)
    talk(stack, member, guides)

    marketer.sign_in(admin := desk(), "admin")
    with opened(address, marketer.make_api_key(admin, PLACES[0].name[0])) as till:
        card = till.get("/members", code=consumer.dynamic_code(member))
        assert (card["name"], card["guide"]["login"]) == (consumer.NAME, "guide001")
        paid_fen = sell(till, card["id"], code)
        guides.goto("/guide/today?show=all")
        expect(guide.line(guides, "sale", consumer.NAME)).to_contain_text(f"{paid_fen // 100:,}")
        consumer.see_points(member, paid_fen // 100)

        marketer.open_report(headquarters)
        see_figures(headquarters, paid_fen)

        assert take_back(till) == [code]
    expect(marketer.figure(headquarters, "Sales attributed")).to_have_text("¥0")
    member.goto("/wallet")
    expect(member.locator(".ticket[data-state=issued]", has_text="暖冬 50 元券")).to_be_visible()

    marketer.end_early(headquarters)
    consumer.prove(member, proof)
    guide_leaves(admin, member, guides)


def test_a_newcomer_picks_the_nearest_store(person: Sit, playwright: Playwright) -> None:
    here = PLACES[-1]
    page = person(
        **playwright.devices["iPhone 13"],
        locale="zh-CN",
        geolocation={"latitude": here.lat, "longitude": here.lng},
        permissions=["geolocation"],
    )
    consumer.join_nearest(page, here.name[1])
    page.goto("/me")
    expect(page.locator(".list-row[href='/chat']")).to_contain_text(here.name[1])


def build_and_publish(page: Page) -> None:
    marketer.sign_in(page, "marketer")
    marketer.begin_wheel(page, SLUG)
    marketer.add_prizes(page)
    marketer.see_preview(page)
    marketer.publish(page)


def talk(stack: Stack, member: Page, guides: Page) -> None:
    """Both sides at once, and through a lost line: every message arrives, and once."""
    member.goto("/chat")
    for page, other, text in ((member, guides, "羽绒服有 M 码吗？"), (guides, member, "有的，给您留一件。")):
        guide.write(page, text)
        expect(guide.said(other, text)).to_be_visible()
    guide.send(guides, "coupons", "暖冬 100 元券")
    expect(member.locator(".enclosed", has_text="暖冬 100 元券")).to_be_visible()
    guide.send(guides, "games", marketer.TITLE["zh"])
    expect(member.locator(".enclosed", has_text=marketer.TITLE["zh"])).to_be_visible()

    member.context.set_offline(True)
    for name in ("realtime-0", "realtime-1"):
        stack.kill(name)
    expect(member.locator(".conversation-state")).to_be_visible()
    said = {member: ["我在路上了", "地铁里没信号"], guides: ["好的", "门口等您"]}
    for page, texts in said.items():
        for text in texts:
            guide.write(page, text)
    member.context.set_offline(False)
    for page in said:
        for text in (*said[member], *said[guides]):
            expect(guide.said(page, text)).to_have_count(1)
        expect(page.locator(".bubble.pending")).to_have_count(0)


def guide_leaves(admin: Page, member: Page, guides: Page) -> None:
    """While both have their pages open: the member is told who looks after them now, and the guide is signed out."""
    member.goto("/chat")
    former = member.locator(".topbar-title").inner_text()
    introductions = member.locator(".bubble.system", has_text="是您的专属导购")
    expect(introductions).to_have_count(1)
    guides.goto("/guide/today")
    marketer.let_go(admin, "guide001")
    expect(introductions).to_have_count(2)
    expect(guides.locator("[data-live-state]")).to_be_visible()
    guides.reload()
    expect(guides.locator("#password")).to_be_visible()
    member.reload()
    expect(member.locator(".topbar-title")).not_to_have_text(former)


def sell(till: Till, member_id: str, coupon: str) -> int:
    """A delivery, a price, a sale with the coupon: what the member paid, in fen."""
    article = till.get("/products", limit=1)["products"][0]["articles"][0]["sku"]
    lines = [{"article": article, "quantity": 1}]
    till.post("/stock-movements", {"kind": "receive", "lines": lines})
    basket = {"member_id": member_id, "lines": lines, "coupons": [coupon]}
    price = till.post("/quotes", basket)
    assert (price["discount_fen"], price["coupons"][0]["refusal"]) == (50_00, None)
    payments = [{"means": "cash", "amount_fen": price["payable_fen"]}]
    sold = till.post("/orders", {**basket, "number": RECEIPT, "payments": payments})
    assert (sold["state"], sold["coupons"]) == ("paid", [coupon])
    return int(price["payable_fen"])


def take_back(till: Till) -> list[str]:
    """The whole order comes back; the coupons that come back with it."""
    sold = till.get(f"/orders/{RECEIPT}")
    lines = [{"article": line["article"], "quantity": line["quantity"]} for line in sold["lines"]]
    back = till.post(f"/orders/{RECEIPT}/returns", {"number": f"{RECEIPT}-R", "lines": lines})
    assert back["order"]["state"] == "returned"
    coupons: list[str] = back["coupons_given_back"]
    return coupons


def see_figures(page: Page, paid_fen: int) -> None:
    """The report as it fills by itself, and the same as a spreadsheet."""
    yuan = f"{paid_fen / 100:g}"
    expect(marketer.figure(page, "Visits")).not_to_have_text("0")
    counts = {"Joins": "1", "Plays": "1", "Wins": "1", "Coupons issued": "1", "Coupons redeemed": "1"}
    for name, count in counts.items():
        expect(marketer.figure(page, name)).to_have_text(count)
    expect(marketer.figure(page, "Sales attributed")).to_have_text(f"¥{paid_fen // 100:,}")
    rows = marketer.exported(page)
    assert {name: rows[name] for name in counts} == {name: [count] for name, count in counts.items()}
    assert rows["Sales attributed (yuan)"] == [yuan]
    assert int(rows["Visits"][0]) >= 1
    assert rows[marketer.VOUCHER["en"]][1:4] == ["1000", "0", "1000"]
