"""What stands above a catalogue or a register."""

from dataclasses import dataclass
from datetime import date

from reviewflow.writing.dates import chinese_date


@dataclass(frozen=True, slots=True)
class CatalogueHeading:
    """Whose catalogue it is, its title, the day it was made, and the days it covers (None: open on that side)."""

    agency: str
    title: str
    made_on: date
    since: date | None = None
    until: date | None = None

    @property
    def full_title(self) -> str:
        """The agency followed by the title."""
        return self.agency + self.title

    @property
    def period(self) -> str:
        """The days covered, in words."""
        if self.since and self.until:
            return f"{chinese_date(self.since)}至{chinese_date(self.until)}"
        if self.since:
            return f"{chinese_date(self.since)}起"
        if self.until:
            return f"截至{chinese_date(self.until)}"
        return "全部"

    def line(self, count: int, unit: str = "条") -> str:
        """The line under the title: period, number, day made."""
        return f"期间：{self.period}　　共 {count} {unit}　　编制日期：{chinese_date(self.made_on)}"
