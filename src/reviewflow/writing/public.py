"""The gate every public export goes through."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reviewflow.domain.catalogue import Attachment, Entry
from reviewflow.domain.terms import Status
from reviewflow.errors import ReviewflowError
from reviewflow.writing.cells import plain_text


def clean_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with clean text, one at a time.

    Raises ReviewflowError ``write.not_public`` at an entry that is 不予公开: such items belong to the internal
    register, and an export that would carry one must not come to be.
    """
    for entry in entries:
        if entry.status is Status.NON_PUBLIC:
            raise ReviewflowError(
                "write.not_public",
                f"条目 {plain_text(entry.index_number)} 的公开类别是不予公开，不能写入目录。",
                "目录没有写出。请把这一条从导出范围中去掉，并请管理员查明它为什么会有目录条目。",
            )
        yield _clean(entry)


def _clean(entry: Entry) -> Entry:
    return replace(
        entry,
        index_number=plain_text(entry.index_number),
        title=plain_text(entry.title),
        doc_number=plain_text(entry.doc_number),
        subclass=plain_text(entry.subclass),
        keywords=tuple(map(plain_text, entry.keywords)),
        summary=plain_text(entry.summary),
        duty_department=plain_text(entry.duty_department),
        body=plain_text(entry.body),
        attachments=tuple(Attachment(plain_text(a.name), plain_text(a.file_name)) for a in entry.attachments),
        remark=plain_text(entry.remark),
    )


def validity(entry: Entry) -> str:
    """信息有效性 in words."""
    return "有效" if entry.valid else "失效"
