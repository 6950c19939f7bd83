"""One configuration: settings, law, rules, catalogue, calendar and model that belong together.

Whoever proposes, signs or shows within one command, one request or one import holds one of these from beginning to end.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.configuration.files import Snapshot, read_snapshot
from reviewflow.domain.index_number import IndexProfile, parse_profile
from reviewflow.domain.legal import LegalBases
from reviewflow.domain.workdays import WorkCalendar
from reviewflow.errors import Fault, FaultyFileError, ReviewflowError
from reviewflow.settings import Settings, find_home, parse_settings

if TYPE_CHECKING:
    from reviewflow.learn.predict import Model
    from reviewflow.rules.catalogue import CatalogueClass
    from reviewflow.rules.matcher import Matcher
    from reviewflow.rules.model import RuleSet
    from reviewflow.text.sensitive import Detectors

FIXED_SECTIONS = ("database", "storage", "server")
"""Sections of the settings that hold from a server's start to its end: half a change of database would mix ledgers."""


@dataclass(frozen=True)
class Configuration:
    """Everything that decides how documents are proposed for and signed, from the files as they were at one moment.

    Each part is read from the snapshot when it is asked for first, so that a command loads what it needs and no more;
    a part that is faulty raises then, and ``check`` asks for all of them. Pickled, the files alone travel: another
    process has the same configuration, whatever stands on the disk by then. ``started`` are the settings with which a
    server began; their FIXED_SECTIONS stay.
    """

    snapshot: Snapshot
    started: Settings | None = None

    def __getstate__(self) -> dict[str, object]:
        return {"snapshot": self.snapshot, "started": self.started}

    @property
    def digest(self) -> str:
        """What identifies this configuration; see ``Snapshot.digest``."""
        return self.snapshot.digest

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. Raises FaultyFileError ``settings.faulty``, ReviewflowError ``settings.missing``."""
        if self.started is None:
            return self._written_settings
        return replace(self._written_settings, **{name: getattr(self.started, name) for name in FIXED_SECTIONS})

    @cached_property
    def _written_settings(self) -> Settings:
        return parse_settings(self.snapshot.home, self.snapshot.file("configs/reviewflow.toml"))

    @property
    def needs_restart(self) -> tuple[str, ...]:
        """The FIXED_SECTIONS that stand in the file otherwise than they are in force."""
        return tuple(
            name for name in FIXED_SECTIONS if getattr(self.settings, name) != getattr(self._written_settings, name)
        )

    @cached_property
    def bases(self) -> LegalBases:
        """The law. Raises FaultyFileError ``legal_bases.faulty``."""
        from reviewflow.rules.reader import load_legal_bases

        return load_legal_bases(self.snapshot.file("configs/legal_bases.yaml"), self.settings.office.name)

    @cached_property
    def rules(self) -> "RuleSet":
        """The rules, held against the law and their own examples. Raises FaultyFileError ``rules.faulty``."""
        from reviewflow.rules.reader import load_rules

        return load_rules(self.snapshot.file("configs/rules.yaml"), self.bases)

    @cached_property
    def matcher(self) -> "Matcher":
        """The rules, ready to be matched."""
        from reviewflow.rules.matcher import Matcher

        return Matcher(self.rules)

    @cached_property
    def detectors(self) -> "Detectors":
        """The detectors, by the shipped words and words.yaml. Raises FaultyFileError ``words.faulty``."""
        from reviewflow.rules.wordbook import load_words
        from reviewflow.text.sensitive import Detectors

        return Detectors(load_words(self.snapshot.file("configs/words.yaml")))

    @cached_property
    def catalogue(self) -> "tuple[CatalogueClass, ...]":
        """The five categories. Raises FaultyFileError ``catalogue.faulty``."""
        from reviewflow.rules.catalogue import load_catalogue

        return load_catalogue(self.snapshot.file("configs/catalogue.yaml"))

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Workdays by the State Council's notices and workdays.yaml. Raises FaultyFileError ``workdays.faulty``."""
        from reviewflow.rules.workdays import load_workdays

        return load_workdays(self.snapshot.file("configs/workdays.yaml"))

    @cached_property
    def profile(self) -> IndexProfile:
        """How index numbers are made. Raises ReviewflowError ``index_number.profile``."""
        own = self.settings.index_number
        return parse_profile(own.pattern, own.reset)

    @cached_property
    def model_version(self) -> str:
        """The name of the active model. Raises ReviewflowError ``model.none_active``."""
        from reviewflow.learn.store import active_version

        return active_version(self.settings.models, self.snapshot.file("models/ACTIVE"))

    @property
    def model(self) -> "Model":
        """The active model with its weights, loaded once a process. Raises ReviewflowError ``model.*``."""
        return _model(self.settings.models, self.model_version)

    def check(self) -> None:
        """Load every part. Raises ReviewflowError, for faulty files FaultyFileError with the faults of all of them."""
        faults: list[Fault] = []
        first: ReviewflowError | None = None
        for part in _PARTS:
            try:
                part(self)
            except FaultyFileError as error:
                faults += [fault for fault in error.faults if fault not in faults]
                first = first or error
        if first:
            raise FaultyFileError(first.code, faults)


_PARTS: tuple[Callable[[Configuration], object], ...] = (
    lambda one: one.settings,
    lambda one: one.bases,
    lambda one: one.rules,
    lambda one: one.detectors,
    lambda one: one.catalogue,
    lambda one: one.calendar,
    lambda one: one.profile,
    lambda one: one.model,
)


@lru_cache(maxsize=1)
def _model(models: Path, version: str) -> "Model":
    from reviewflow.learn.store import load

    return load(models, version)


def load_configuration(home: Path | None = None) -> Configuration:
    """The configuration of an installation as it is on the disk now, its parts not looked at yet.

    Raises ReviewflowError ``settings.home``, ``configuration.changing``.
    """
    return Configuration(read_snapshot((home or find_home()).absolute())[0])
