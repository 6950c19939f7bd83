"""Documents read and tidied, without a proposal: files in workers, within the bounds of a file; tables row by row."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from reviewflow.batch.crew import run, worth
from reviewflow.batch.loads import Load
from reviewflow.batch.sources import is_table
from reviewflow.batch.troubles import Trouble, trouble_error
from reviewflow.configuration.configuration import Configuration
from reviewflow.domain.document import Document
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits, Settings
from reviewflow.text.reading import iter_table, read_file
from reviewflow.text.tidy import tidy

_FILES_A_LOAD = 20


def iter_documents(files: Sequence[Path], configuration: Configuration, jobs: int) -> Iterator[Document | Trouble]:
    """The documents of files and of the rows of tables, in order, each with what was wrong with it in its place.

    Raises ReviewflowError ``batch.*``, ``write.scratch``.
    """
    loads = _loads(files, configuration.settings)
    with closing(run(loads, configuration, worth(jobs, len(files)))) as finished:
        for results in finished:
            yield from results


def read_document(file: Path, configuration: Configuration) -> Document:
    """One file, read in a worker whatever its name. Raises ReviewflowError ``read.*`` and as ``iter_documents``."""
    with closing(run([_load([str(file)], configuration.settings)], configuration, 1)) as finished:
        ((result,),) = finished
    if isinstance(result, Trouble):
        raise trouble_error(result)
    return result


def read_documents(paths: Sequence[str], _toolkit: None, limits: ReadingLimits) -> list[Document]:
    """Files, read and tidied; runs in a worker. Raises ReviewflowError ``read.*``."""
    return [tidy(read_file(Path(path), limits), path) for path in paths]


def _loads(files: Sequence[Path], settings: Settings) -> Iterator[Load[Document]]:
    pending: list[str] = []
    for file in files:
        if is_table(file) or len(pending) >= _FILES_A_LOAD:
            yield _load(pending, settings)
            pending = []
        if is_table(file):
            for results in _documents_of_table(file, settings):
                yield replace(_load([], settings), ready=tuple(results))
        else:
            pending.append(str(file))
    yield _load(pending, settings)


def _load(paths: Sequence[str], settings: Settings) -> Load[Document]:
    return Load(partial(read_documents, limits=settings.reading), tuple(paths), tuple(paths), bare=True)


def _documents_of_table(file: Path, settings: Settings) -> Iterator[list[Document | Trouble]]:
    from reviewflow.pipeline import document_of_row

    try:
        for chunk in iter_table(file, settings.reading, settings.batch.size):
            yield [
                *(Trouble.of(f"{file}#{number}", error) for number, error in chunk.errors),
                *(document_of_row(row, str(file)) for row in chunk.rows),
            ]
    except ReviewflowError as error:
        yield [Trouble.of(str(file), error)]
