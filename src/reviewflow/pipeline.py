"""The front door of the library: from a file, a document or a table to explained proposals. No database.

>>> from reviewflow import propose
>>> propose("data/samples/通知.docx").proposal.status.label          # doctest: +SKIP
'主动公开'
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.domain.clock import local_day, now
from reviewflow.domain.document import Document, Finding, PartKind, Reading
from reviewflow.domain.legal import LegalBases
from reviewflow.domain.proposal import Bounds, Evidence, Opinion, RuleVoice, combine
from reviewflow.domain.terms import PERSONAL_KINDS, Category, Flag, Kind, Status
from reviewflow.explained.record import COLUMNS, NUMBERS, TEXTS, Explained, record_of
from reviewflow.learn.predict import Guess, Model, Prediction
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.model import RuleHit
from reviewflow.settings import Settings
from reviewflow.text.gist import keywords, summary
from reviewflow.text.lexicon import Lexicon
from reviewflow.text.reading import read_file, row_of
from reviewflow.text.sensitive import Detectors
from reviewflow.text.tidy import Given, tidy

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 128
"""Documents that go through each step together."""

LEAST_TEXT = 20
"""Characters of text below which the model is not asked about the status."""


@dataclass(frozen=True)
class Toolkit:
    """A configuration made ready for proposing: with the model's weights and the automata of words, once a process."""

    configuration: Configuration
    model: Model
    lexicon: Lexicon
    """the words of rules and detectors together: one pass over a text serves both"""

    @property
    def settings(self) -> Settings:
        """The settings of the configuration."""
        return self.configuration.settings

    @property
    def bases(self) -> LegalBases:
        """The legal bases of the configuration."""
        return self.configuration.bases

    @property
    def matcher(self) -> Matcher:
        """The rules of the configuration."""
        return self.configuration.matcher

    @property
    def detectors(self) -> Detectors:
        """The detectors, by the words of the configuration."""
        return self.configuration.detectors

    @property
    def bounds(self) -> Bounds:
        """The bounds of the settings as the domain takes them."""
        own = self.settings.proposal
        return Bounds(own.category_confidence, own.public_probability, own.withhold)


def load_toolkit(home: Path | None = None) -> Toolkit:
    """The toolkit of an installation as it is on the disk now.

    Raises ReviewflowError when a part of its configuration is faulty: never a silent default.
    """
    return toolkit_of(load_configuration(home))


@lru_cache(maxsize=1)
def toolkit_of(configuration: Configuration) -> Toolkit:
    """The toolkit of a configuration, made once while the configuration is the same. Raises as ``load_toolkit``."""
    lexicon = Lexicon(configuration.detectors.cues | configuration.matcher.text_words)
    return Toolkit(configuration, configuration.model, lexicon)


@lru_cache(maxsize=1)
def default_toolkit() -> Toolkit:
    """The toolkit of this process's installation, loaded at the first call and kept to the end of the process.

    Whoever lives longer than the files stay as they are passes a toolkit: ``load_toolkit`` has them as they are now.
    """
    return load_toolkit()


def propose(path: str | Path, toolkit: Toolkit | None = None) -> Explained:
    """Read one file and propose. Raises ReviewflowError ``read.*`` when it cannot be read."""
    kit = toolkit or default_toolkit()
    reading = read_file(Path(path), kit.settings.reading)
    return propose_document(tidy(reading, str(path)), kit)


def propose_document(document: Document, toolkit: Toolkit | None = None, today: date | None = None) -> Explained:
    """Propose for a tidied document. ``today`` stands in for a missing date when legal bases are chosen."""
    return propose_documents([document], toolkit, today)[0]


def propose_documents(
    documents: Sequence[Document], toolkit: Toolkit | None = None, today: date | None = None
) -> list[Explained]:
    """Propose for several documents, in their order.

    Step by step for all of them rather than document by document: weights, word automata and code of one step
    then stay in the processor's cache, which saves a quarter of the time.
    """
    kit = toolkit or default_toolkit()
    predictions = kit.model.predict_many([one.title or "" for one in documents], [one.body for one in documents])
    places = [kit.lexicon.places(document.text) for document in documents]
    hits = [kit.matcher.hits(*each) for each in zip(documents, places, strict=True)]
    findings = [kit.detectors.find(*each) for each in zip(documents, places, strict=True)]
    day = today or local_day(now())
    return [_explained(kit, day, *each) for each in zip(documents, predictions, hits, findings, strict=True)]


def _explained(
    kit: Toolkit,
    today: date,
    document: Document,
    prediction: Prediction,
    hits: tuple[RuleHit, ...],
    findings: tuple[Finding, ...],
) -> Explained:
    evidence = Evidence(
        opinion=_opinion(prediction, document),
        rules=tuple(_voice(hit) for hit in hits),
        findings=findings,
        flags=flags_of(findings),
        suspected=frozenset(map(Flag, prediction.flags)),
        warnings=(*document.reading.notes, *_leaky(document)),
    )
    chosen = keywords(document, prediction.words, kit.model.frequencies)
    return Explained(
        document=document,
        proposal=combine(evidence, kit.bounds, kit.bases, document.formed_on or today),
        findings=findings,
        rules=hits,
        evidence=prediction.evidence,
        keywords=chosen,
        summary=summary(document, chosen),
        model=kit.model.version,
        rules_digest=kit.matcher.rules.digest[:12],
        words_digest=kit.detectors.words.digest[:12],
    )


def propose_frame(frame: "pd.DataFrame", toolkit: Toolkit | None = None) -> "pd.DataFrame":
    """Propose for each row of a table.

    Columns in: ``title``, ``text`` and optionally ``id``, ``source``, ``doc_number``, ``agency``, ``section``,
    ``formed_on``, or their Chinese names as in tables of files (any shape of index; what is missing may be None, NaN or
    NA). Out: one row each, same order, the columns of reviewflow.explained.record.COLUMNS. Texts have the dtype
    ``string``, also where all are missing or there is no row at all, so that the parts of a Dask frame agree with one
    another and a missing text is NA here and null in Parquet; confidences are ``float64``; lists are objects.
    """
    import pandas as pd

    kit = toolkit or default_toolkit()
    documents = iter(documents_of(frame))
    rows: list[dict[str, object]] = []
    while chunk := list(islice(documents, CHUNK)):
        rows.extend(record_of(explained) for explained in propose_documents(chunk, kit))
    kinds = dict.fromkeys(TEXTS, "string") | dict.fromkeys(NUMBERS, "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object).astype(kinds)


def documents_of(frame: "pd.DataFrame") -> Iterable[Document]:
    """The tidied documents of a table, row by row. A row without an ``id`` has its number, from 0."""
    # pandas has four ways to say that a value is missing (None, NaN, NaT, NA); from here on there is one.
    values = frame.astype(object).where(frame.notna(), None)
    for number, row in enumerate(values.to_dict("records")):
        given = {str(name): value for name, value in row.items()}
        yield document_of_row({"id": str(number), **row_of(given)}, given.get("source") or "")


def document_of_row(row: dict[str, str], table: str) -> Document:
    """The tidied document of a table row with ``id``, ``text`` and optionally title, doc_number, agency ..."""
    source = f"{table}#{row['id']}" if table else row["id"]
    return tidy(Reading(row.get("text", "")), source, Given(row))


_LEAKY = (PartKind.COMMENT, PartKind.INSERTED, PartKind.DELETED, PartKind.HIDDEN)


def _leaky(document: Document) -> tuple[str, ...]:
    """What would go out with the file although it does not show: comments, tracked changes, hidden cells."""
    kinds = {part.kind for part in document.reading.parts}
    named = "、".join(kind.label for kind in _LEAKY if kind in kinds)
    return (f"文件里有{named}，公开前请清除",) if named else ()


def flags_of(findings: Iterable[Finding]) -> frozenset[Flag]:
    """The flags that findings raise by themselves."""
    flags = set()
    for finding in findings:
        if finding.kind in PERSONAL_KINDS:
            flags.add(Flag.PRIVACY)
        elif finding.kind is Kind.SECRET_MARK:
            flags.add(Flag.STATE_SECRET_MARK)
        else:
            flags.add(Flag.TRADE_SECRET)
    return frozenset(flags)


def _opinion(prediction: Prediction, document: Document) -> Opinion:
    category, status = prediction.category, prediction.status
    has_text = len(document.text) >= LEAST_TEXT
    ranked = sorted(range(len(category.labels)), key=lambda i: -category.probabilities[i])
    return Opinion(
        category=None if category.abstains else Category(category.best),
        category_confidence=category.confidence,
        runner_up=Category(category.labels[ranked[1]]),
        status=Status(status.best) if has_text else None,
        status_confidence=_status_confidence(status) if has_text else 0.0,
        public_probability=status.of(Status.PROACTIVE.value) if has_text else 0.0,
    )


def _status_confidence(status: Guess) -> float:
    """How sure the model is that its best status, or any as closed, is right."""
    return status.confidence if status.best == Status.PROACTIVE.value else 1 - status.of(Status.PROACTIVE.value)


def _voice(hit: RuleHit) -> RuleVoice:
    rule = hit.rule
    return RuleVoice(rule.id, rule.name, rule.category, rule.status, rule.flags, rule.bases, hit.words)
