"""A configuration with little time and memory for each document, so that what takes too much is soon ended."""

from dataclasses import replace
from pathlib import Path

from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.configuration.files import FILES, SourceFile

_TOML = "configs/reviewflow.toml"


def small_bounds(home: Path) -> Configuration:
    """An installation's, with two seconds and 300 MB for each document."""
    shipped = load_configuration(home)
    text = shipped.snapshot.file(_TOML).read_bytes().decode()
    for setting, less in (("max_seconds = 60", "max_seconds = 2"), ("max_memory_mb = 1000", "max_memory_mb = 300")):
        assert setting in text
        text = text.replace(setting, less)
    file = SourceFile(Path(_TOML).name, text.encode())
    files = tuple(file if name == _TOML else other for name, other in zip(FILES, shipped.snapshot.files, strict=True))
    return Configuration(replace(shipped.snapshot, files=files))
