"""Peak memory of `reviewflow classify` on tables of growing size: it should stay flat as rows grow."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from texts import rows


def measure(count: int, folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes (largest process) for so many rows."""
    table = folder / f"{count}.jsonl"
    base = rows(500)
    with table.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps({**base[number % 500], "id": str(number)}, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "reviewflow", "classify", str(table), "-o", str(folder / "out.parquet"), "--quiet"]
    started = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"classify ended with {status}")
    table.unlink()
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print. ``ru_maxrss`` of wait4 covers the process and those of its children it waited for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[5_000, 20_000, 200_000])
    with tempfile.TemporaryDirectory() as folder:
        for count in parser.parse_args().counts:
            seconds, peak = measure(count, Path(folder))
            print(
                f"{count:8} rows: {seconds:7.1f} s, {count / seconds:8.0f} rows/s, peak of one process {peak:6.0f} MB"
            )
    print(
        f"machine: {os.cpu_count()} cores; RUSAGE_CHILDREN {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB"
    )


if __name__ == "__main__":
    main()
