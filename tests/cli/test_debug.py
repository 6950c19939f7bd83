"""``--debug``: where in the program something went wrong, on stderr, without a word of a document."""

import sys

import pytest

from reviewflow.batch.troubles import Trouble
from reviewflow.cli.main import main
from reviewflow.cli.terminal.troubles import report_troubles
from reviewflow.errors import DamageError
from reviewflow.traces import DEBUG

TROUBLE = Trouble(
    "甲.doc", "read.unexpected", "出错。", "请报告。", "reviewflow/text/reading/ole/doc.py:9 read\nKeyError"
)


def typed(monkeypatch: pytest.MonkeyPatch, error: Exception, *words: str) -> int:
    """The exit code of a command in which an error comes up."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("reviewflow.services.operations.doctor.examine_installation", fail)
    monkeypatch.setattr(sys, "argv", ["reviewflow", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(autouse=True)
def without_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of this process as it was, whatever a command puts there."""
    monkeypatch.setenv(DEBUG, "")


def test_an_unexpected_error_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, KeyError("words of the document"), "doctor") == 1
    assert capsys.readouterr().err.splitlines() == [
        "错误 [program.unexpected] 程序出错（KeyError），没有做完。",
        "办法：请用 reviewflow --debug 加同样的命令再运行一次，把显示的内容告诉维护者。",
    ]


def test_debug_tells_where_an_unexpected_error_came_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, KeyError("words of the document"), "--debug", "doctor") == 1
    first, *places, kind, last = capsys.readouterr().err.splitlines()
    assert first == "错误 [program.unexpected] 程序出错（KeyError），没有做完。"
    assert any(place.startswith("  reviewflow/cli/operations.py:") and place.endswith(" doctor") for place in places)
    assert kind == "  KeyError"
    assert last == "办法：请把以上内容告诉维护者。"


def test_debug_tells_where_an_error_of_the_program_came_up_and_the_remedy_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, DamageError("chain.broken", "断了。", "请恢复。"), "--debug", "doctor") == 1
    first, *places, kind, last = capsys.readouterr().err.splitlines()
    assert (first, kind, last) == ("错误 [chain.broken] 断了。", "  DamageError", "办法：请恢复。")
    assert places


@pytest.mark.parametrize(
    ("debug", "said"),
    [
        ("", ["有 1 件读不了：", "  甲.doc：出错。请报告。 [read.unexpected]"]),
        (
            "1",
            [
                "有 1 件读不了：",
                "  甲.doc：出错。请报告。 [read.unexpected]",
                "    reviewflow/text/reading/ole/doc.py:9 read",
                "    KeyError",
            ],
        ),
    ],
)
def test_the_trace_of_a_trouble_is_shown_under_it_only_when_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], debug: str, said: list[str]
) -> None:
    monkeypatch.setenv(DEBUG, debug)
    with pytest.raises(SystemExit):
        report_troubles([TROUBLE], None, "读不了")
    assert capsys.readouterr().err.splitlines() == said
