"""The month of an office, done entirely in the browser by its people, from the first upload to the audit."""

import base64
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsers import Browsers, sign_in
from tests.e2e.desks import PASSWORD, SAMPLES, Served, verified

NOTICE, NEWS, PLAN = "关于加强秋冬季露天焚烧管控的通告", "环保宣传活动", "2026年生态环境监测工作计划"
PENALTY, REPORT, SECRET, LETTER = (
    "行政处罚决定书",
    "环境空气质量月报",
    "关于辐射安全应急准备情况的报告",
    "信访事项处理意见书",
)
CHOSEN = ("01-露天焚烧管控通告.txt", "02-环保宣传活动新闻.txt", "03-行政处罚决定书.docx", "07-应急准备情况报告.wps", "09-监测工作计划.pdf", "12-领导分工通知.ofd")  # fmt: skip
DROPPED = ("04-空气质量月报.html", "13-信访处理意见书.doc")


@pytest.fixture(scope="module")
def people(browser: Browser, served: Served) -> Iterator[Browsers]:
    """The same browsers all month."""
    browsers = Browsers(browser, served.address)
    yield browsers
    browsers.close()


def open_case(page: Page, title: str, view: str = "waiting") -> None:
    """Find a case in the queue by its title and open it."""
    page.goto(f"/queue/?view={view}")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def opened_form(page: Page, summary: str) -> None:
    """Open a part of the case's or the entry's forms unless it is open already."""
    part = page.locator("details", has=page.locator("summary", has_text=summary)).first
    if part.get_attribute("open") is None:
        part.locator("summary").click()


def agree(page: Page) -> None:
    """Agree to the case that is open."""
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_role("status")).to_contain_text("已同意")


def change(page: Page, status: str, basis: str, note: str, category: str = "") -> None:
    """Change the case that is open."""
    opened_form(page, "变更")
    if category:
        page.get_by_label("类别", exact=True).select_option(label=category)
    page.get_by_label("公开属性", exact=True).select_option(label=status)
    if basis:
        page.get_by_label(re.compile(basis)).first.check()
    page.locator("#change-note").fill(note)
    page.get_by_role("button", name="签字：变更").click()
    expect(page.get_by_role("status")).to_contain_text("已变更")


def sign_in_bulk(page: Page, number: int) -> None:
    """Tick all clear cases, read the confirmation, sign."""
    page.goto("/queue/?lane=clear")
    page.get_by_label("选中本页全部常规件").check()
    page.get_by_role("button", name="成批签字").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"确认签字：{number} 件")
    page.get_by_role("button", name="签字：同意这").click()
    expect(page.get_by_role("status")).to_have_text(f"已签 {number} 件。")


def drop(page: Page, *files: Path) -> None:
    """Drop files on the form as from a folder's window."""
    contents = [{"name": file.name, "data": base64.b64encode(file.read_bytes()).decode()} for file in files]
    transfer = page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const one of files) {
                const bytes = Uint8Array.from(atob(one.data), (letter) => letter.charCodeAt(0));
                transfer.items.add(new File([bytes], one.name));
            }
            return transfer;
        }""",
        contents,
    )
    page.dispatch_event("#upload", "dragenter", {"dataTransfer": transfer})
    expect(page.locator("#upload")).to_have_class(re.compile("over"))
    page.dispatch_event("#upload", "drop", {"dataTransfer": transfer})


def test_the_section_uploads_and_is_told_of_every_file(people: Browsers, tmp_path: Path) -> None:
    page = people.of("李科员")
    page.get_by_role("link", name="上传", exact=True).click()
    page.get_by_label("文件").set_input_files([SAMPLES / name for name in CHOSEN])
    expect(page.locator("#sent progress").first).to_be_visible()
    expect(page.locator("#sent .good")).to_have_count(len(CHOSEN), timeout=60_000)
    broken = tmp_path / "坏的.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")
    drop(page, *(SAMPLES / name for name in DROPPED), broken)
    expect(page.locator("#sent .good")).to_have_count(len(CHOSEN) + len(DROPPED), timeout=60_000)
    expect(page.locator("#sent .bad")).to_have_count(1)
    expect(page.locator("#sent .bad")).to_contain_text("坏的.docx")
    page.get_by_label("文件").set_input_files(SAMPLES / CHOSEN[0])
    expect(page.locator("#sent li").last).to_contain_text("以前提交过")
    page.get_by_role("link", name="去队列").click()
    expect(page.locator("tbody tr")).to_have_count(len(CHOSEN) + len(DROPPED))
    expect(page.locator("tbody tr").first).to_contain_text(SECRET)


def test_the_section_signs_the_clear_ones_together_and_the_others_one_by_one(people: Browsers) -> None:
    page = people.of("李科员")
    sign_in_bulk(page, 4)
    open_case(page, REPORT)
    agree(page)
    open_case(page, PENALTY)
    expect(page.locator("mark.finding").first).to_be_visible()
    change(page, "依申请公开", "涉及个人隐私", "当事人是自然人，写有住址和电话。")
    open_case(page, SECRET)
    expect(page.locator("main > .failure")).to_contain_text("国家秘密标志")
    agree(page)


def test_the_section_asks_a_third_party_and_notes_the_answer(people: Browsers) -> None:
    page = people.of("李科员")
    open_case(page, LETTER)
    opened_form(page, "征求意见")
    page.get_by_role("radio", name="第三方").check()
    page.get_by_label("名称", exact=True).fill("信访人王某")
    page.get_by_label("征求什么").fill("公开处理结果是否同意？")
    page.get_by_role("button", name="征求意见").click()
    open_case(page, LETTER, "open")
    expect(page.locator(".case-head .line")).to_contain_text("对方答复期限")
    page.get_by_label("答复内容").fill("不同意公开姓名和住址。")
    page.get_by_role("button", name="记录答复").click()
    open_case(page, LETTER)
    agree(page)
    page.goto("/queue/")
    expect(page.locator(".empty")).to_contain_text("都办完了")


def test_the_office_returns_changes_refers_and_signs_the_rest(people: Browsers) -> None:
    page = people.of("赵主任")
    open_case(page, NEWS)
    opened_form(page, "退回")
    page.get_by_label("常用理由").select_option(label="材料不全：")
    expect(page.locator("#return-note")).to_have_value("材料不全：")
    page.locator("#return-note").fill("材料不全：缺活动照片的授权。")
    page.get_by_role("button", name="退回科室").click()
    open_case(page, NOTICE)
    change(page, "主动公开", "", "不是规范性文件。", category="业务动态")
    open_case(page, SECRET)
    opened_form(page, "报请确定")
    page.get_by_label("报请的机关").fill("平岳市国家保密局")
    page.locator("#refer-note").fill("请确定是否仍属国家秘密。")
    page.get_by_role("button", name="报请", exact=True).click()
    open_case(page, SECRET)
    page.get_by_label("答复内容").fill("仍属国家秘密，不得公开。")
    page.get_by_role("button", name="记录答复").click()
    for title in (SECRET, REPORT, PENALTY, LETTER):
        open_case(page, title)
        agree(page)
    sign_in_bulk(page, 2)


def test_the_section_sees_why_something_came_back(people: Browsers) -> None:
    page = people.of("李科员")
    page.goto("/")
    expect(page.locator("aside").get_by_text("缺活动照片的授权")).to_be_visible()
    page.locator("aside").get_by_role("link", name=NEWS).click()
    expect(page.locator("main > .warning")).to_contain_text("赵主任退回")
    agree(page)
    office = people.of("赵主任")
    open_case(office, NEWS)
    agree(office)


def test_the_director_hears_both_and_decides(people: Browsers) -> None:
    page = people.of("钱局长")
    open_case(page, NOTICE)
    expect(page.get_by_text("科室与办公室意见不一致")).to_be_visible()
    side = page.get_by_role("radio", name="科室意见")
    side.check()
    side.press("a")
    expect(page.get_by_role("status")).to_contain_text("已同意")
    for title in (SECRET, REPORT, PENALTY, LETTER):
        open_case(page, title)
        agree(page)
    expect(page.get_by_role("status")).to_contain_text("编号")
    sign_in_bulk(page, 3)
    page.goto("/")
    expect(page.get_by_text("没有等您办理的件")).to_be_visible()
    expect(page.get_by_role("heading", name="本月我签字 8 件")).to_be_visible()


def test_the_officer_publishes_amends_retires_and_exports(people: Browsers) -> None:
    page = people.of("周信息员")
    page.get_by_role("link", name="目录").click()
    page.get_by_role("link", name=PLAN).click()
    for channel in ("网站公开", "政务微信"):
        opened_form(page, "登记公开渠道")
        page.get_by_label("公开形式").select_option(label=channel)
        page.get_by_role("button", name="登记公开", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text(f"已登记：{channel}")
    opened_form(page, "更正说明性内容")
    page.locator("#field-title").fill(f"{PLAN}（全文）")
    page.get_by_label("为什么更正").fill("补全名称。")
    page.get_by_role("button", name="更正", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{PLAN}（全文）")
    opened_form(page, "标为失效")
    page.get_by_label("为什么失效").fill("已有新的计划。")
    page.get_by_role("button", name="标为失效").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("失效")
    for form, ending in (("xlsx", ".xlsx"), ("html", ".zip")):
        page.goto("/catalogue/export")
        page.get_by_label("格式").select_option(value=form)
        with page.expect_download() as download:
            page.get_by_role("button", name="导出并下载").click()
        assert download.value.suggested_filename.endswith(ending)
        assert download.value.path().stat().st_size > 1000


def test_a_decided_one_is_opened_again_and_the_register_is_kept(people: Browsers) -> None:
    page = people.of("赵主任")
    open_case(page, NEWS, "decided")
    opened_form(page, "重新审查")
    page.get_by_role("radio", name="撤回公开").check()
    page.locator("#reopen-note").fill("活动照片未获授权。")
    page.get_by_role("button", name="重新审查").click()
    expect(page.get_by_role("status")).to_contain_text("科室初审")
    page.get_by_role("link", name="登记簿").click()
    expect(page.locator("tbody tr")).to_contain_text(SECRET)
    page.get_by_role("link", name="到期评估").click()
    expect(page.locator(".empty")).to_be_visible()
    page.get_by_label("到期的范围").select_option(label="365 天之内")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("tbody tr")).to_contain_text(SECRET)
    page.get_by_role("link", name="依申请公开目录").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_the_audit_tells_what_was_done(people: Browsers) -> None:
    page = people.of("赵主任")
    page.get_by_role("link", name="审计").click()
    for words in ("重新审查", "导出目录", "登记公开", "条目失效", "征求意见", "提交文件"):
        expect(page.get_by_role("cell", name=words, exact=True).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^第 .* 件$")).first.click()
    expect(page.get_by_role("heading", name="经过")).to_be_visible()


def test_the_administrator_adds_somebody_who_stands_in(people: Browsers) -> None:
    page = people.of("孙管理员")
    page.get_by_label("用户名").fill("wu")
    page.get_by_label("姓名").fill("吴科员")
    page.get_by_label("初始密码").fill(PASSWORD)
    page.get_by_role("button", name="添加").first.click()
    expect(page.get_by_role("status")).to_contain_text("已添加 吴科员")
    page.get_by_label("代理人").select_option(label="吴科员")
    page.get_by_label("代理谁").select_option(label="李科员")
    page.get_by_label("起日").fill(date.today().isoformat())
    page.get_by_label("止日").fill((date.today() + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="设代理").click()
    expect(page.get_by_role("status")).to_have_text("已设代理。")
    wu = people.nobody()
    sign_in(wu, "wu")
    expect(wu.get_by_text("代理李科员")).to_be_visible()
    open_case(wu, NEWS)


def test_at_the_end_the_chain_is_sound_and_nothing_went_wrong(people: Browsers, served: Served) -> None:
    verdict = verified(served.home)
    assert verdict.good, verdict.faults()
    assert verdict.cases == len(CHOSEN) + len(DROPPED)
    assert people.watch.complaints == []
    assert people.watch.elsewhere == []
    assert len(people.watch.asked) > 100
