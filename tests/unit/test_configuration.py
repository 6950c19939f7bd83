"""One configuration: from files at one moment, taken up whole or not at all."""

import pickle
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewflow.configuration import current as current_module
from reviewflow.configuration import files
from reviewflow.configuration.configuration import load_configuration
from reviewflow.configuration.current import CurrentConfiguration
from reviewflow.errors import FaultyFileError, ReviewflowError
from reviewflow.pipeline import toolkit_of

BASIS = """
- 代码: 测试办法5
  引文: 《测试办法》第五条
  状态: [不予公开]
"""
RULE = """
- 编号: T900
  名称: 测试事项
  标题: [测试办法事项]
  状态: 不予公开
  依据: [测试办法5]
  正例: [关于测试办法事项的报告]
"""


SHORT_LAW = "依据:\n- 代码: 测试办法1\n  引文: 《测试办法》第一条\n  状态: [不予公开]\n"
SHORT_RULES = "规则:" + RULE.replace("T900", "T1").replace("测试办法5", "测试办法1").replace("事项", "条目")


def copy_of(home: Path, folder: Path) -> Path:
    """An installation whose files may be changed, with little law and few rules, which are read in no time."""
    own = Path(shutil.copytree(home, folder))
    (own / "configs" / "legal_bases.yaml").write_text(SHORT_LAW, "utf-8")
    (own / "configs" / "rules.yaml").write_text(SHORT_RULES, "utf-8")
    return own


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    """Such an installation."""
    return copy_of(home, tmp_path / "own")


def add(home: Path, name: str, text: str) -> None:
    """Add to a file of the configuration."""
    path = home / "configs" / name
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + text.lstrip("\n"), "utf-8")


def at_once(home: Path) -> CurrentConfiguration:
    """The configuration in force, where a change is taken up with the next look."""
    return CurrentConfiguration(home, settled=0)


def test_nothing_that_stands_still_is_loaded_twice(own: Path) -> None:
    current = at_once(own)
    assert current.get() is current.get()


def test_a_new_basis_and_its_rule_are_taken_up_together(own: Path) -> None:
    current = at_once(own)
    add(own, "legal_bases.yaml", BASIS)
    add(own, "rules.yaml", RULE)
    taken = current.get()
    assert taken.bases.by_code["测试办法5"].citation == "《测试办法》第五条"
    assert taken.rules.by_id["T900"].name == "测试事项"
    assert toolkit_of(taken).matcher.rules is taken.rules
    assert toolkit_of(taken).bases is taken.bases


def test_a_rule_whose_basis_is_not_there_yet_is_not_taken_up_and_told(
    own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    current = at_once(own)
    before = current.get()
    add(own, "rules.yaml", RULE)
    assert current.get() is before
    assert current.get() is before
    assert current.faulty is not None
    assert current.faulty.error.code == "rules.faulty"
    assert "测试办法5" in current.faulty.error.message
    assert [one.message for one in caplog.records if "not taken up" in one.message] != []
    assert len([one for one in caplog.records if "not taken up" in one.message]) == 1
    add(own, "legal_bases.yaml", BASIS)
    assert "T900" in current.get().rules.by_id
    assert current.faulty is None


def test_a_faulty_edit_that_is_taken_back_leaves_all_as_it_was(own: Path) -> None:
    current = at_once(own)
    before = current.get()
    text = (own / "configs" / "rules.yaml").read_text("utf-8")
    (own / "configs" / "rules.yaml").write_text(text[: len(text) // 2] + "\n: [", "utf-8")
    current.get()
    assert current.faulty
    (own / "configs" / "rules.yaml").write_text(text, "utf-8")
    assert current.get() is before
    assert current.faulty is None


def test_since_when_files_are_faulty_is_told_from_the_first_fault_on(own: Path) -> None:
    from tests.integration.offices import Clock

    clock = Clock()
    current = CurrentConfiguration(own, 0, clock)
    first = clock.at
    add(own, "rules.yaml", RULE)
    current.get()
    clock.at = clock.at.replace(hour=17)
    add(own, "rules.yaml", "- 又: 错")
    current.get()
    assert current.faulty is not None
    assert current.faulty.since == first


def test_files_that_are_still_being_written_to_are_left_alone(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current = CurrentConfiguration(own, settled=3600)
    before = current.get()
    add(own, "legal_bases.yaml", BASIS)
    assert current.get() is before
    later = current_module.time.time() + 3601
    monkeypatch.setattr(current_module.time, "time", lambda: later)
    assert "测试办法5" in current.get().bases.by_code


def test_a_change_dated_in_the_future_is_taken_up_once_it_has_been_seen_long_enough(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = CurrentConfiguration(own, settled=3600)
    add(own, "legal_bases.yaml", BASIS)
    monkeypatch.setattr(current_module.time, "time", lambda: 0.0)
    before = current.get()
    later = current_module.time.monotonic() + 3601
    monkeypatch.setattr(current_module.time, "monotonic", lambda: later)
    assert current.get() is not before


def test_a_process_does_not_begin_with_faulty_files_and_hears_of_the_faults_of_all(own: Path) -> None:
    add(own, "rules.yaml", "- 编号: X")
    add(own, "workdays.yaml", "错: 1")
    with pytest.raises(FaultyFileError) as refused:
        CurrentConfiguration(own)
    assert {fault.file for fault in refused.value.faults} == {"rules.yaml", "workdays.yaml"}


def test_another_process_has_the_same_configuration_whatever_is_on_the_disk_by_then(own: Path) -> None:
    here = load_configuration(own)
    here.check()
    travelling = pickle.dumps(here)
    assert len(travelling) < 200_000
    add(own, "legal_bases.yaml", BASIS)
    there = pickle.loads(travelling)
    assert there == here
    assert there.digest == here.digest != load_configuration(own).digest
    assert "测试办法5" not in there.bases.by_code
    assert toolkit_of(there) is toolkit_of(here)


def test_database_storage_and_server_stay_as_they_were_at_the_start(own: Path) -> None:
    current = at_once(own)
    toml = own / "configs" / "reviewflow.toml"
    text = toml.read_text("utf-8").replace('folder = "data/office"', 'folder = "elsewhere"')
    toml.write_text(text.replace("publish_workdays = 20", "publish_workdays = 10"), "utf-8")
    taken = current.get()
    assert taken.settings.storage.folder == "data/office"
    assert taken.settings.review.publish_workdays == 10
    assert taken.needs_restart == ("storage",)
    assert load_configuration(own).settings.storage.folder == "elsewhere"


def test_an_activated_model_is_taken_up_and_a_damaged_one_is_not(own: Path) -> None:
    current = at_once(own)
    before = current.get()
    other = own / "models" / "000000000000"
    shutil.copytree(own / "models" / before.model_version, other)
    (own / "models" / "ACTIVE").write_text("000000000000\n", "utf-8")
    assert current.get().model_version == "000000000000"
    shutil.copytree(other, own / "models" / "111111111111")
    (own / "models" / "111111111111" / "vocabulary.txt").write_text("坏\t1\n", "utf-8")
    (own / "models" / "ACTIVE").write_text("111111111111\n", "utf-8")
    assert current.get().model_version == "000000000000"
    assert current.faulty is not None
    assert current.faulty.error.code == "model.changed"


def test_files_that_never_stand_still_cannot_be_read_as_one(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = iter(range(1000))
    monkeypatch.setattr(files, "stamp_of", lambda home: ((next(stamps),),))
    with pytest.raises(ReviewflowError) as refused:
        load_configuration(own)
    assert refused.value.code == "configuration.changing"


def test_a_change_between_two_files_is_read_again(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = files._read, []

    def read(path: Path) -> files.SourceFile:
        found = real(path)
        if path.name == "legal_bases.yaml" and not written:
            # The editor saves both files when one of them has been read already.
            written.append(path)
            add(own, "legal_bases.yaml", BASIS)
            add(own, "rules.yaml", RULE)
        return found

    monkeypatch.setattr(files, "_read", read)
    loaded = load_configuration(own)
    assert "T900" in loaded.rules.by_id
    assert "测试办法5" in loaded.bases.by_code


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["basis", "rule", "look"]), min_size=1, max_size=8))
def test_what_is_in_force_was_whole_on_the_disk(
    home: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    own = copy_of(home, tmp_path_factory.mktemp("own") / "own")
    plain = {name: (own / "configs" / name).read_text("utf-8") for name in ("legal_bases.yaml", "rules.yaml")}
    current, states = at_once(own), {(False, False)}
    here = {"basis": False, "rule": False}
    for step in steps:
        if step != "look":
            here[step] = not here[step]
            name, text = ("legal_bases.yaml", BASIS) if step == "basis" else ("rules.yaml", RULE)
            (own / "configs" / name).write_text(plain[name], "utf-8")
            if here[step]:
                add(own, name, text)
        states.add((here["basis"], here["rule"]))
        taken = current.get()
        state = ("测试办法5" in taken.bases.by_code, "T900" in taken.rules.by_id)
        assert state in states - {(False, True)}
        assert (current.faulty is None) == (not here["rule"] or here["basis"])
