"""A workbook over which a parser ends its whole process, as no handler of Python can prevent."""

from pathlib import Path

FORMATS = Path(__file__).parent / "data" / "formats"
_ONE_ROW = bytes.fromhex("00020e00 00000000 01000000")
_FIRST_AFTER_LAST = bytes.fromhex("00020e00 000000f0 ffff7f00")


def crashing_workbook() -> bytes:
    """The sample workbook with a sheet that says it goes from row 4,026,531,840 to row 8,388,607: the parser of .xls makes
    room for the difference, which is more memory than there is, and aborts."""
    content = (FORMATS / "sheet.xls").read_bytes()
    assert content.count(_ONE_ROW) == 1
    return content.replace(_ONE_ROW, _FIRST_AFTER_LAST)
