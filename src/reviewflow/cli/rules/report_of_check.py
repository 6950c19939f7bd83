"""The report of ``reviewflow rules check``."""

from collections.abc import Callable, Sized

from reviewflow.domain.legal import LegalBases
from reviewflow.errors import ReviewflowError
from reviewflow.rules.catalogue import load_catalogue
from reviewflow.rules.reader import load_legal_bases, load_rules
from reviewflow.rules.wordbook import load_words
from reviewflow.rules.workdays import load_workdays
from reviewflow.settings import find_home, load_settings


def check_report() -> tuple[str, bool]:
    """Every configuration file's state, all faults of all files, and whether there are any."""
    home = find_home()
    configs = home / "configs"
    lines: list[str] = []
    faulty = False

    def checked(name: str, load: Callable[[], Sized | object], unit: str) -> object | None:
        nonlocal faulty
        try:
            loaded = load()
        except ReviewflowError as error:
            faulty = True
            lines.append(f"✗ {name}：{error.message}")
            return None
        count = f"{len(loaded)} {unit}" if isinstance(loaded, Sized) else ""
        lines.append(f"✓ {name} {count}".rstrip())
        return loaded

    checked("reviewflow.toml", lambda: load_settings(home), "")
    checked("catalogue.yaml", lambda: load_catalogue(configs / "catalogue.yaml"), "个类别")
    checked("workdays.yaml", lambda: load_workdays(configs / "workdays.yaml"), "")
    checked("words.yaml", lambda: load_words(configs / "words.yaml"), "个识别词")
    found: list[LegalBases] = []

    def load_bases() -> Sized:
        found.append(load_legal_bases(configs / "legal_bases.yaml"))
        return found[0].by_code

    checked("legal_bases.yaml", load_bases, "条依据")
    if found:
        checked("rules.yaml", lambda: load_rules(configs / "rules.yaml", found[0]).rules, "条规则")
    else:
        lines.append("– rules.yaml：法律依据改正后才能检查")
    return "\n".join(lines), faulty
