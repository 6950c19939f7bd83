"""`reviewflow classify` as a clerk runs it."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from reviewflow.cli.main import main
from reviewflow.explained.record import COLUMNS
from tests.crashing import crashing_workbook

FORMATS = Path(__file__).parents[1] / "data" / "formats"


def run(
    home: Path, *arguments: object, temporary: Path | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    if temporary:
        environment["TMPDIR"] = str(temporary)
    command = [sys.executable, "-m", "reviewflow", "classify", *map(str, arguments)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, **more
    )  # type: ignore[call-overload]


def table(folder: Path, rows: int, name: str = "t.jsonl") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8") as out:
        for number in range(rows):
            row = {
                "id": str(number),
                "title": f"水务局管理办法{number}",
                "text": f"为加强第{number}号管理，制定本办法。" * 9,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_json_lines_carry_exactly_the_promised_columns(home: Path, tmp_path: Path) -> None:
    done = run(home, table(tmp_path, 3), "-o", tmp_path / "o.jsonl")
    assert done.returncode == 0
    for row in records(tmp_path / "o.jsonl"):
        assert tuple(row) == COLUMNS


def test_an_unreadable_file_is_listed_and_the_rest_goes_on(home: Path, tmp_path: Path) -> None:
    done = run(home, FORMATS, "--errors", tmp_path / "e.csv", "-o", tmp_path / "o.jsonl")
    assert done.returncode == 3
    assert "密码" in done.stderr
    with (tmp_path / "e.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert {Path(row["来源"]).stem for row in listed} == {"locked"}
    assert {Path(row["source"]).name for row in records(tmp_path / "o.jsonl")} >= {
        "notice.docx",
        "sheet.xls",
        "notice.ofd",
    }


def test_a_file_that_ends_its_process_is_listed_and_nothing_else_is_lost(home: Path, tmp_path: Path) -> None:
    folder, scratch = tmp_path / "files", tmp_path / "scratch"
    for made in (folder, scratch):
        made.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"关于第{number}项工作的通知\n请各单位认真执行。" * 3, "utf-8")
        (folder / f"{number}坏.xls").write_bytes(crashing_workbook())
    done = run(home, folder, "-o", tmp_path / "o.jsonl", temporary=scratch)
    assert done.returncode == 3
    assert done.stderr.count("read.crashed") == 3
    assert [Path(row["source"]).name for row in records(tmp_path / "o.jsonl")] == ["0.txt", "1.txt", "2.txt"]
    assert list(scratch.iterdir()) == []


def test_the_table_is_chinese_and_aligned(home: Path, tmp_path: Path) -> None:
    from reviewflow.cli.terminal.table import width

    done = run(home, table(tmp_path, 3))
    lines = done.stdout.splitlines()
    assert "建议类别" in lines[0]
    assert "共 3 件" in lines[-1]
    column = width(lines[0][: lines[0].index("公开属性")])
    for line in lines[2:-1]:
        assert width(line[: line.index("主动公开")]) == column


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(
        json.dumps({"id": "1", "title": '=HYPERLINK("x")管理办法', "text": "甲" * 50}, ensure_ascii=False), "utf-8"
    )
    assert run(home, path, "-o", tmp_path / "o.csv").returncode == 0
    assert (tmp_path / "o.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["标题"].startswith("'=")


def test_xlsx_and_parquet_hold_every_row(home: Path, tmp_path: Path) -> None:
    source = table(tmp_path, 25)
    for form in ("xlsx", "parquet"):
        assert run(home, source, "-o", tmp_path / f"o.{form}").returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet.max_row == 26
    assert sheet["A1"].value == "编号"
    rows = pq.read_table(tmp_path / "o.parquet").to_pylist()
    assert [row["id"] for row in rows] == [str(number) for number in range(25)]
    assert tuple(rows[0]) == COLUMNS


def test_resume_skips_what_is_in_the_output(home: Path, tmp_path: Path) -> None:
    source, output = table(tmp_path, 30), tmp_path / "o.jsonl"
    run(home, source, "-o", output)
    lines = output.read_text("utf-8").splitlines(keepends=True)
    output.write_text("".join(lines[:10]), "utf-8")
    done = run(home, source, "-o", output, "--resume")
    assert "此前已完成 10 件" in done.stderr
    assert [row["id"] for row in records(output)] == [str(number) for number in range(30)]


def test_an_unfinished_run_is_not_overwritten_by_accident(home: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.jsonl"
    (tmp_path / "o.jsonl.partial").write_text('{"id": "x"}\n', "utf-8")
    done = run(home, table(tmp_path, 3), "-o", output)
    assert done.returncode == 1
    assert "--resume" in done.stderr
    assert (tmp_path / "o.jsonl.partial").exists()


TO_BE_RESUMED = "已中断，完成的都已保存。加 --resume 再运行一次即可继续。\n"
TO_BE_RUN_AGAIN = "已中断，写完的部分都已保存。用同样的命令再运行一次即可继续。\n"


@pytest.mark.parametrize(
    ("step", "options", "said"),
    [
        ("job.run", ["-o", "o.jsonl"], TO_BE_RESUMED),
        ("cluster.run_on_cluster", ["-o", "o", "--format", "parquet", "--engine", "dask"], TO_BE_RUN_AGAIN),
        ("job.run", [], "已中断。\n"),
    ],
)
def test_an_interrupted_run_says_how_it_goes_on_if_it_can(
    at_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    step: str,
    options: list[str],
    said: str,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"reviewflow.batch.{step}", interrupted)
    monkeypatch.setattr(sys, "argv", ["reviewflow", "classify", str(table(tmp_path, 1)), "--quiet", *options])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.removeprefix("\n") == said  # click ends the line that the person was on


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_goes_on_where_it_stopped(home: Path, tmp_path: Path, how: signal.Signals) -> None:
    source, output = table(tmp_path, 6000), tmp_path / "o.jsonl"
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home)}
    command = [sys.executable, "-m", "reviewflow", "classify", str(source), "-o", str(output), "--jobs", "1", "--quiet"]
    # A shell starts what runs in its background deaf to Ctrl-C, and children inherit that.
    hearing = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, preexec_fn=hearing)
    partial = tmp_path / "o.jsonl.partial"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (partial.exists() and partial.stat().st_size > 100_000):
        time.sleep(0.02)
    process.send_signal(how)
    _, said = process.communicate(timeout=30)
    assert not output.exists()
    assert said.decode("utf-8") == {signal.SIGKILL: "", signal.SIGINT: TO_BE_RESUMED}[how]
    assert partial.stat().st_size > 100_000
    done = run(home, source, "-o", output, "--resume", "--quiet")
    assert done.returncode == 0
    assert sorted(int(row["id"]) for row in records(output)) == list(range(6000))
    assert not partial.exists()


def test_a_full_disk_ends_the_run_with_a_clear_error(home: Path, tmp_path: Path) -> None:
    (tmp_path / "o.jsonl.partial").symlink_to("/dev/full")
    done = run(home, table(tmp_path, 300), "-o", tmp_path / "o.jsonl")
    assert done.returncode == 1
    assert "磁盘已满" in done.stderr
    assert "--resume" in done.stderr


def test_a_faulty_line_is_reported_with_its_number(home: Path, tmp_path: Path) -> None:
    path = table(tmp_path, 3)
    path.write_text(path.read_text("utf-8") + "{broken\n", "utf-8")
    done = run(home, path, "-o", tmp_path / "o.jsonl")
    assert done.returncode == 3
    assert "#4" in done.stderr
    assert len(records(tmp_path / "o.jsonl")) == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("-o", "o.doc"), "不认识的输出格式"),
        (("--format", "csv"), "需要输出文件"),
        (("-o", "none/o.csv"), "文件夹不存在"),
        (("--format", "table", "-o", "o.txt"), "只在屏幕上显示"),
    ],
)
def test_a_wrong_request_is_refused_before_any_work(
    home: Path, tmp_path: Path, arguments: tuple, expected: str
) -> None:
    done = run(home, table(tmp_path, 3), *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_document_text_never_shows_in_errors(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": "1", "text": "绝不外露的话"\n', "utf-8")
    done = run(home, path, "-o", tmp_path / "o.jsonl")
    assert "绝不外露的话" not in done.stderr + done.stdout


def test_several_processes_give_the_same_as_one(home: Path, tmp_path: Path) -> None:
    source = table(tmp_path, 500)
    run(home, source, "-o", tmp_path / "one.jsonl", "--jobs", 1)
    run(home, source, "-o", tmp_path / "two.jsonl", "--jobs", 2)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
