"""The engine for many documents: whatever one of them does to its worker, the others come out, in order, once."""

import os
import random
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from reviewflow.batch.crew import Crew, run, shared_crew
from reviewflow.batch.loads import Load
from reviewflow.batch.scratch import scratch_folder, sweep
from reviewflow.batch.troubles import Trouble
from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.errors import ReviewflowError
from tests.small_bounds import small_bounds
from tests.unit.batch.deeds import carry_out, rules_in_force, seconds_allowed


@pytest.fixture
def configuration(home: Path) -> Configuration:
    """The small installation's, with two seconds and 300 MB for each document."""
    return small_bounds(home)


def load(*deeds: str, together: bool = False) -> Load[str]:
    return Load(carry_out, deeds, tuple(f"t#{n}" for n in range(len(deeds))), together=together)


def outcome(loads: Iterable[Load[str]], configuration: Configuration, jobs: int = 1) -> list[str]:
    """What came of each document: itself, or the code and the source of its trouble."""
    return [told(one) for results in run(loads, configuration, jobs) for one in results]


def told(result: str | Trouble) -> str:
    return f"{result.code} {result.source}" if isinstance(result, Trouble) else result


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_loads(configuration: Configuration, jobs: int) -> None:
    loads = [load(*(f"ok {start + n}" for n in range(3)), together=bool(start % 2)) for start in range(0, 60, 3)]
    assert outcome(loads, configuration, jobs) == [f"ok {n}" for n in range(60)]


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("exit", "read.crashed"),
        ("abort", "read.crashed"),
        ("segfault", "read.crashed"),
        ("killed", "read.crashed"),
        ("leave", "read.unexpected"),
        ("fail", "read.unexpected"),
        ("greedy", "read.too_large"),
        ("numbers", "read.too_large"),
        ("sleep", "read.too_slow"),
        ("stuck", "read.too_slow"),
    ],
)
def test_a_document_that_ends_its_worker_is_reported_alone(
    configuration: Configuration, deed: str, code: str, together: bool
) -> None:
    loads = [load("ok 0", "ok 1"), load("ok 2", deed, "ok 4", together=together), load("ok 5")]
    assert outcome(loads, configuration) == ["ok 0", "ok 1", "ok 2", f"{code} t#1", "ok 4", "ok 5"]


def test_several_bad_documents_of_a_load_are_each_reported(configuration: Configuration) -> None:
    deeds = ["exit", "ok 1", "sleep", "abort", "ok 4", "exit"]
    expected = ["read.crashed t#0", "ok 1", "read.too_slow t#2", "read.crashed t#3", "ok 4", "read.crashed t#5"]
    assert outcome([load(*deeds, together=True)], configuration) == expected
    assert outcome([load(*deeds)], configuration) == expected


@pytest.mark.parametrize("together", [False, True])
def test_a_document_in_hand_when_its_worker_was_killed_from_outside_is_done_after_all(
    configuration: Configuration, tmp_path: Path, together: bool
) -> None:
    item = f"once {tmp_path / 'mark'}"
    assert outcome([load("ok 0", item, "ok 2", together=together)], configuration) == ["ok 0", item, "ok 2"]
    assert (tmp_path / "mark").exists()


def workers_of(jobs: int) -> list[int]:
    return [task.worker.pid for task in list(shared_crew(jobs).tasks) if task.worker]


def test_workers_killed_from_outside_at_random_moments_lose_and_double_nothing(
    configuration: Configuration, long: bool
) -> None:
    kills, chance = (20, random.Random(3)) if long else (5, random.Random(3))
    number = 150 * kills
    loads = [load(*(f"brief {start + n}" for n in range(5)), together=start % 2 == 0) for start in range(0, number, 5)]
    over = threading.Event()

    def kill() -> None:
        for _ in range(kills):
            if over.wait(chance.uniform(0.3, 1.2)):
                return
            for pid in chance.sample(found := workers_of(2), min(1, len(found))):
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    killed: list[int] = []
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        assert outcome(loads, configuration, 2) == [f"brief {n}" for n in range(number)]
    finally:
        over.set()
        killer.join()
    assert len(killed) >= kills // 2


def test_a_worker_killed_between_two_runs_is_replaced(configuration: Configuration) -> None:
    crew = shared_crew(1)
    assert outcome([load("ok 1")], configuration) == ["ok 1"]
    for pid in crew.idle_pids():
        os.kill(pid, signal.SIGKILL)
    assert outcome([load("ok 2")], configuration) == ["ok 2"]


def test_workers_that_can_never_begin_end_the_run(
    configuration: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewflow.batch.worker._PROGRAM", "raise SystemExit(1)")
    crew = Crew(1)
    with pytest.raises(ReviewflowError, match=r"batch\.no_worker"):
        list(crew.submit(configuration, load("ok 1")).results())
    crew.close()


def test_a_trace_tells_where_and_never_what(configuration: Configuration) -> None:
    ((failed, slow, crashed),) = [
        [one for results in run([load("fail", "stuck", "abort")], configuration, 1) for one in results]
    ]
    for trouble, function in ((failed, "_fail"), (slow, "_spin_in_c"), (crashed, "carry_out")):
        assert isinstance(trouble, Trouble)
        assert function in trouble.trace
        assert "words of the document" not in trouble.trace + trouble.message + trouble.hint
    assert isinstance(failed, Trouble)
    assert failed.trace.endswith("KeyError")


def test_nothing_is_left_in_the_temporary_folder(
    configuration: Configuration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    crew = Crew(1)
    list(crew.submit(configuration, load("behind", "ok 1")).results())
    assert [path.name for path in tmp_path.rglob("left behind")] == []
    crew.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_owner_left_is_swept_and_what_a_living_one_uses_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, new, other = (tmp_path / name for name in ("reviewflow-scratch-a", "reviewflow-scratch-b", "others"))
    with scratch_folder() as used:
        for folder in (left, new, other):
            folder.mkdir()
            (folder / "file").write_text("x")
        for folder in (left, other, used):
            os.utime(folder, (0, 0))
        sweep()
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted((new.name, other.name, used.name))
    assert not used.exists()


def test_a_full_temporary_folder_ends_the_run_with_a_clear_error(
    configuration: Configuration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    crew = Crew(1)
    with pytest.raises(ReviewflowError, match=r"write\.scratch"):
        list(crew.submit(configuration, load("ok 1")).results())
    crew.close()


def test_a_run_works_by_the_configuration_with_which_it_began_also_in_a_worker_that_starts_after_a_change(
    home: Path, tmp_path: Path
) -> None:
    own = tmp_path / "home"
    shutil.copytree(home, own)
    began = load_configuration(own)

    def loads() -> Iterator[Load[str]]:
        yield Load(rules_in_force, ("ok 0",), ("t#0",))
        yield Load(rules_in_force, ("ok 1",), ("t#1",))
        (own / "configs" / "rules.yaml").write_text("规则: [没有, 这样的]\n", "utf-8")
        yield load("exit")
        yield Load(rules_in_force, ("ok 3",), ("t#3",))

    digest = began.rules.digest
    assert outcome(loads(), began) == [f"ok 0 {digest}", f"ok 1 {digest}", "read.crashed t#0", f"ok 3 {digest}"]
    with pytest.raises(ReviewflowError, match=r"rules\.faulty"):
        list(run([load("ok 0")], load_configuration(own), 1))
    assert outcome([Load(rules_in_force, ("ok 4",), ("t#4",))], began) == [f"ok 4 {digest}"]


def test_runs_by_two_configurations_at_once_each_keep_their_own(home: Path, configuration: Configuration) -> None:
    long, short = run(three_limits(), load_configuration(home), 1), run(three_limits(), configuration, 1)
    assert [(next(long), next(short)) for _ in range(3)] == [(["60 s"], ["2 s"])] * 3


def three_limits() -> list[Load[str]]:
    return [Load(seconds_allowed, (str(n),), (f"t#{n}",)) for n in range(3)]


def test_a_run_that_is_given_up_ends_what_its_workers_do_for_it(home: Path, configuration: Configuration) -> None:
    done = run([load("ok 0"), load("sleep")], load_configuration(home), 1)
    assert next(done) == ["ok 0"]
    done.close()
    # The one worker would be asleep for ten minutes yet.
    assert outcome([load("ok 1")], configuration) == ["ok 1"]


def test_results_that_stand_already_keep_their_place(configuration: Configuration) -> None:
    known = Trouble("t#0", "table.not_json", "", "")
    loads = [load("ok 0"), Load(carry_out, ready=(known,)), Load(carry_out, ("ok 2",), ("t#2",), ready=(known,))]
    assert outcome(loads, configuration) == ["ok 0", "table.not_json t#0", "table.not_json t#0", "ok 2"]
