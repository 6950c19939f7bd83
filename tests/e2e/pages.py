"""Every page of the desk with the person who looks at it: for pictures, and for what holds of all pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.browsers import Browsers
from tests.e2e.filling import ENTERED

PENALTY, PLAN = "03-行政处罚决定书.docx", "09-监测工作计划.pdf"
_BEFORE = {
    "section": "李科员", "clear": "李科员", "held": "赵主任", "returned": "李科员", "office": "赵主任", "referred": "赵主任",
    "consulting": "李科员", "split": "钱局长", "director": "钱局长", "decided": "赵主任", "withheld": "赵主任",
    "reopened": "李科员", "withdrawn": "李科员", "long": "李科员", "unbroken": "李科员", PENALTY: "李科员", PLAN: "李科员",
}  # fmt: skip
"""the person before whom a case of a kind stands"""
_PLAIN = (
    ("login", "nobody", "/login"),
    ("workbench", "李科员", "/"),
    ("workbench of the director", "钱局长", "/"),
    ("queue", "李科员", "/queue/"),
    ("queue of all", "赵主任", "/queue/?view=all"),
    ("confirm", "李科员", "/queue/?lane=clear"),
    ("keys", "李科员", "/queue/"),
    ("upload", "李科员", "/upload/"),
    ("catalogue", "周信息员", "/catalogue/"),
    ("catalogue export", "周信息员", "/catalogue/export"),
    ("register", "周信息员", "/register/"),
    ("register due", "周信息员", "/register/?tab=due&days=365"),
    ("register on request", "周信息员", "/register/?tab=on_request"),
    ("register export", "周信息员", "/register/export"),
    ("rules", "钱局长", "/rules/"),
    ("rule", "钱局长", "/rules/P01/"),
    ("rules tried", "钱局长", "/rules/try"),
    ("model", "钱局长", "/model/"),
    ("audit", "赵主任", "/audit/"),
    ("help", "李科员", "/help/"),
    ("me", "李科员", "/me/"),
    ("people", "孙管理员", "/people/"),
    ("failure", "李科员", "/cases/99999/"),
    ("no such page", "李科员", "/nothing/"),
)


@dataclass(frozen=True)
class Sight:
    """A page with its person."""

    name: str
    person: str
    address: str

    def open(self, browsers: Browsers) -> Page:
        """The page as this person sees it, whatever it takes to get there."""
        page = browsers.nobody() if self.person == "nobody" else browsers.of(self.person)
        page.goto(self.address)
        if self.name == "confirm":
            page.get_by_label("选中本页全部常规件").check()
            page.get_by_role("button", name="成批签字").click()
        elif self.name == "keys":
            page.keyboard.press("?")
        elif self.name == "rules tried":
            page.get_by_label("文字").fill("会议纪要\n会议讨论了行政处罚决定书。当事人身份证号见附件。机密★5年")
            page.get_by_role("button", name="试一试").click()
        elif self.name == "case section":
            for part in reversed(page.locator("section.acts > details:not([open]) > summary").all()):
                part.click()
        elif self.name == "case beside its original":
            page.locator(".pictures img").first.evaluate("picture => picture.decode()")
        return page


PLAIN = tuple(Sight(*one) for one in _PLAIN)
"""the pages that every office has, whatever is in it"""


def sights(cases: Mapping[str, int]) -> Iterator[Sight]:
    """All pages of an office that was filled with these cases."""
    yield from PLAIN
    for kind, person in _BEFORE.items():
        yield Sight(f"case {kind}", person, f"/cases/{cases[kind]}/")
    for kind in ENTERED:
        yield Sight(f"entry {kind}", "周信息员", f"/catalogue/{cases[f'entry {kind}']}/")
    yield Sight("case beside its original", "李科员", f"/cases/{cases[PLAN]}/?look=original")
