"""A month of an invented office on the real command line: import, three signatures, catalogue, audit.

``make demo`` runs it after the proposals. It sets up out/office afresh, signs every person in with a password of their
own, and prints each command with what it answered. Nothing outside out/ is written.
"""

import json
import os
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from demo_terminals import CAST, Cases, Terminals

from reviewflow.domain import clock

ROOT = Path(__file__).resolve().parents[1]
OUT = Path("out")
OFFICE = OUT / "office"
_MASKED = "正文中的敏感内容公开前遮盖。"


def _heading(text: str) -> None:
    print(f"\n──── {text} " + "─" * max(4, 60 - 2 * len(text)))


def set_up(terminals: Terminals) -> None:
    """An empty office, an account a person, two sections."""
    _heading("建立台账和账号（孙管理员，只管账号）")
    shutil.rmtree(OFFICE, ignore_errors=True)
    os.environ["REVIEWFLOW_HOME"] = "."
    name = CAST["sun"][0]
    terminals.run("sun", "init", OFFICE, "--admin-stdin", given=f"sun {name} {terminals.passwords['sun']}\n")
    os.environ["REVIEWFLOW_HOME"] = str(OFFICE)
    terminals.sign_in("sun")
    for section in ("大气科", "水科"):
        terminals.run("sun", "users", "sections", "--add", section, quiet=True)
    for username, (name, role, section) in CAST.items():
        if username == "sun":
            continue
        password = terminals.passwords[username] + "\n"
        terminals.run("sun", "users", "add", username, "--name", name, "--password-stdin", given=password, quiet=True)
        place = ("--section", section) if section else ()
        terminals.run("sun", "users", "roles", username, "--add", role, *place)
        terminals.sign_in(username)
    terminals.run("sun", "users", "list")


def bring_in(terminals: Terminals) -> dict[str, int]:
    """The month's documents into 大气科; the number of each case by its title."""
    _heading("提交本月文件（李科员，大气科）")
    terminals.run("li", "import", "data/samples", "--quiet")
    terminals.run("li", "queue", "list", "--size", 30)
    # What a script reads, it reads as JSON.
    numbers = range(1, 1 + _number_before(terminals.run("li", "queue", "list", quiet=True), "件"))
    shown = [json.loads(terminals.run("li", "queue", "show", number, "--json", quiet=True)) for number in numbers]
    return {case["title"]: case["id"] for case in shown}


def _number_before(answer: str, unit: str) -> int:
    """The number before the last 共 … line's unit."""
    line = next(line for line in answer.splitlines() if line.startswith("共"))
    return int(line.removeprefix("共").split(unit)[0])


def _sign_clear_lane(terminals: Terminals, username: str, stage: str) -> None:
    chosen = ("--lane", "常规", "--stage", stage)
    waiting = terminals.run(username, "queue", "list", *chosen, quiet=True)
    terminals.run(username, "queue", "agree", *chosen, "--yes", _number_before(waiting, "件"))


def section_signs(terminals: Terminals, case: Cases) -> None:
    """科室初审: the clear lane in bulk, the others one by one, the marked document to the authority."""
    _heading("科室初审（李科员）")
    terminals.run("li", "queue", "show", case("行政处罚决定书"))
    _sign_clear_lane(terminals, "li", "科室初审")
    terminals.run("li", "queue", "agree", case("行政处罚决定书"), "--note", _MASKED)
    for title in ("空气质量月报", "调查询问笔录", "值班表", "请示", "党组会议纪要", "信访事项", "补贴", "异味扰民"):
        terminals.run("li", "queue", "agree", case(title))
    terminals.run(
        "li", "queue", "refer", case("辐射安全"), "--to", "平岳市国家保密局",
        "--note", "文件标有“机密★5年”，请确定是否仍属国家秘密。",
    )  # fmt: skip


def office_signs(terminals: Terminals, case: Cases) -> None:
    """办公室汇总审查: a third party asked, one returned, one changed, the others agreed to."""
    _heading("办公室汇总审查（赵主任）")
    terminals.run(
        "zhao", "queue", "consult", case("云杉食品"), "--third-party", "平岳云杉食品有限公司",
        "--note", "批复中的工艺和产能是否涉及商业秘密，可否公开。",
    )  # fmt: skip
    _sign_clear_lane(terminals, "zhao", "办公室汇总审查")
    terminals.run("zhao", "queue", "return", case("补贴"), "--reason", "法律依据不准", "--note", "请写明第二十条第几项。")
    terminals.run(
        "zhao", "queue", "change", case("请示"), "--status", "依申请公开", "--basis", "OGI19-27",
        "--note", "经费已经批复，过程已结束，可依申请提供。",
    )  # fmt: skip
    for title in ("行政处罚决定书", "空气质量月报", "调查询问笔录", "值班表", "党组会议纪要", "信访事项"):
        terminals.run("zhao", "queue", "agree", case(title))
    terminals.run("zhao", "queue", "agree", case("异味扰民"))
    terminals.run("zhao", "queue", "undo", case("异味扰民"), "--note", "批注还没有清除。")
    terminals.run("zhao", "queue", "return", case("异味扰民"), "--reason", "有内容须删减后再报", "--note", "请清除批注后再报。")


def come_back(terminals: Terminals, case: Cases) -> None:
    """What came back is signed again, one by a stand-in; answers are written down."""
    _heading("退回的重新办理，记录答复；李科员出差三天，由王科员代理")
    terminals.run(
        "li",
        "queue",
        "change",
        case("补贴"),
        "--basis",
        "OGI19-20-15",
        "--note",
        "补充依据；身份证号、车牌号公开前遮盖。",
    )
    today = _today()
    until = today + timedelta(days=2)
    terminals.run("sun", "users", "stand-in", "wang", "--for", "li", "--from", today, "--to", until)
    terminals.sign_in("wang")  # a change of roles ends every session of the person
    cleaned = _without_comments(Path("data/samples/11-异味整改公示.docx"))
    replaced = case("异味扰民")
    terminals.run("wang", "import", cleaned, "--supersedes", replaced, "--section", "大气科", "--quiet")
    terminals.run("wang", "queue", "agree", replaced, "--note", "已更换为清除批注的文件。")
    terminals.run(
        "zhao", "queue", "answer", case("辐射安全"), "--note", "市保密局：仍属国家秘密，不予公开，按密件管理。"
    )
    terminals.run("zhao", "queue", "answer", case("云杉食品"), "--note", "该公司书面答复：不涉及商业秘密，同意公开。")
    terminals.run("li", "queue", "agree", case("辐射安全"), "--note", "按答复不予公开。")
    for title in ("补贴", "异味扰民", "辐射安全", "云杉食品"):
        terminals.run("zhao", "queue", "agree", case(title))
    terminals.run("li", "queue", "history", case("异味扰民"))


def _without_comments(path: Path) -> Path:
    """A copy of a Word file with the text of its paragraphs and nothing else."""
    from docx import Document

    clean, copy = Document(), OUT / path.name
    for paragraph in Document(str(path)).paragraphs:
        clean.add_paragraph(paragraph.text)
    clean.core_properties.title = clean.core_properties.author = clean.core_properties.comments = ""
    clean.save(str(copy))
    return copy


def _today() -> date:
    return clock.local_day(clock.now())


def director_signs(terminals: Terminals, case: Cases) -> None:
    """主管局长确定: the clear lane in bulk, the split opinion, the others."""
    _heading("主管局长确定（钱局长）")
    terminals.run("qian", "queue", "list", "--split")
    terminals.run(
        "qian", "queue", "agree", case("请示"), "--side", "科室", "--note", "批复另行公开；请示仍属过程性信息。"
    )
    _sign_clear_lane(terminals, "qian", "主管局长确定")
    for title in ("行政处罚决定书", "空气质量月报", "调查询问笔录", "值班表", "党组会议纪要", "信访事项"):
        terminals.run("qian", "queue", "agree", case(title))
    for title in ("补贴", "辐射安全"):
        terminals.run("qian", "queue", "agree", case(title))


def catalogue(terminals: Terminals, case: Cases) -> None:
    """The officer records two channels and has one entry corrected; the catalogue goes out in every format."""
    _heading("目录和登记簿（周信息员）")
    terminals.run("zhou", "catalogue", "list")
    number = case.number("露天焚烧")
    terminals.run(
        "zhou", "catalogue", "publish", number, "--channel", "网站公开",
        "--address", "https://qinglan.example/tonggao/lutianfenshao.html",
    )  # fmt: skip
    terminals.run("zhou", "catalogue", "publish", number, "--channel", "政务微信")
    terminals.run("zhou", "catalogue", "show", number)
    _heading("发现差错，重新审查，三个人再签一次")
    wrong = case("领导班子")
    terminals.run("zhou", "queue", "reopen", wrong, "--kind", "更正", "--note", "分工有误，核对后重新确定。")
    for username in ("li", "zhao", "qian"):
        terminals.run(username, "queue", "agree", wrong)
    terminals.run("zhou", "catalogue", "history", case.number("领导班子"))
    _heading("导出")
    folder = OUT / "catalogue"
    for form in ("csv", "xlsx", "json", "xml"):
        terminals.run("zhou", "catalogue", "export", "--format", form, "-o", folder / f"主动公开目录.{form}")
    terminals.run("zhou", "catalogue", "export", "--format", "html", "-o", folder / "网页目录")
    terminals.run(
        "zhou",
        "catalogue",
        "export",
        "--format",
        "xlsx",
        "--status",
        "依申请公开",
        "-o",
        folder / "依申请公开目录.xlsx",
    )
    terminals.run("zhou", "register", "list")
    terminals.run("zhou", "register", "due", "--days", 400)
    terminals.run("zhou", "register", "export", "--format", "xlsx", "-o", OUT / "register.xlsx")
    terminals.run("zhou", "review-form", case("补贴"), "-o", OUT / "forms")


def prove(terminals: Terminals) -> None:
    """Back up, look whether all is well, verify the chain, print its head."""
    _heading("备份和核验（孙管理员）")
    terminals.run("sun", "backup")
    terminals.run("sun", "doctor", "--full")
    terminals.run("sun", "audit", "anchor")
    terminals.run("sun", "audit", "verify", "--quiet")


def main() -> None:
    """Run the month and say where everything is."""
    os.chdir(ROOT)
    for folder in (OUT / "catalogue", OUT / "forms"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="reviewflow-demo-") as sessions:
        terminals = Terminals(Path(sessions))
        set_up(terminals)
        case = Cases(terminals, bring_in(terminals))
        section_signs(terminals, case)
        office_signs(terminals, case)
        come_back(terminals, case)
        director_signs(terminals, case)
        catalogue(terminals, case)
        prove(terminals)
    _heading("都在这里")
    print(
        "out/catalogue/       目录：csv、xlsx、json、xml，网页目录（打开 网页目录/index.html）\n"
        "out/register.xlsx    不予公开登记簿（内部）\n"
        "out/forms/           保密审查表（docx、pdf）\n"
        "out/office/          台账、原件、配置、模型、备份\n\n"
        "在浏览器里看：REVIEWFLOW_HOME=out/office .venv/bin/reviewflow serve\n"
        "用户名和密码（只为这次演示生成）："
    )
    for username, (name, role, section) in CAST.items():
        print(f"  {username:6}{terminals.passwords[username]}  {name}（{section}{role}）")


if __name__ == "__main__":
    main()
