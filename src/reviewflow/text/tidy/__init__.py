"""Tidying: from a reading to a document with its formal parts (GB/T 9704-2012)."""

from dataclasses import replace
from datetime import date

from reviewflow.domain.document import Document, Reading
from reviewflow.text.characters import without_surrogates
from reviewflow.text.tidy.closing import attachments, note, signature
from reviewflow.text.tidy.heading import agency_in_head, heading
from reviewflow.text.tidy.lines import lines_of
from reviewflow.text.tidy.marks import secret_mark, urgency

__all__ = ["Given", "tidy"]


class Given(dict[str, str]):
    """What a table row says of its document: title, doc_number, agency, section, formed_on, id."""


def tidy(reading: Reading, source: str, given: Given | None = None) -> Document:
    """The document of a reading. What the row of a table gives comes before what the text shows.

    Parts that cannot be seen are None; nothing is guessed.
    """
    known = Given({name: without_surrogates(value) for name, value in (given or {}).items() if name != "text"})
    text = without_surrogates(reading.text)
    reading = reading if text is reading.text else replace(reading, text=text)
    lines = lines_of(reading.body)
    head = heading(lines, known.get("title"))
    signed_agency, formed_on = signature(lines)
    return Document(
        id=known.get("id") or source,
        source=source,
        text=reading.text,
        title=known.get("title") or head.title,
        doc_number=known.get("doc_number") or head.doc_number,
        agency=known.get("agency")
        or signed_agency
        or agency_in_head(lines.head, known.get("title") or head.title or ""),
        addressee=head.addressee,
        genre=head.genre,
        formed_on=_day(known.get("formed_on")) or formed_on,
        secret_mark=secret_mark(reading),
        urgency=urgency(lines),
        note=note(lines),
        attachments=attachments(lines),
        section=known.get("section"),
        reading=reading,
    )


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10].replace("/", "-"))
    except ValueError:
        return None
