"""Peak memory of `reviewflow classify` on tables of growing size: it should stay flat as rows grow.

Memory is the sum over the process and its workers of their unique set sizes, sampled four times a second; the
largest single process's peak is the kernel's own figure.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from texts import rows


def together(process: psutil.Process) -> float:
    """Megabytes that the process and its children hold for themselves."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_full_info().uss
        except psutil.Error:
            continue
    return total / 1e6


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds that a command takes, and its peak megabytes."""
    started = time.perf_counter()
    process = psutil.Popen([sys.executable, *command], stderr=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        try:
            peak = max(peak, together(process))
        except psutil.Error:
            break
        time.sleep(0.25)
    if process.wait():
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - started, peak


def measure(count: int, folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes for so many rows of 2,000 characters, JSON Lines in, Parquet out."""
    table = folder / f"{count}.jsonl"
    base = rows(500)
    with table.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps({**base[number % 500], "id": str(number)}, ensure_ascii=False) + "\n")
    command = [
        "-m",
        "reviewflow",
        "classify",
        str(table),
        "-o",
        str(folder / f"{count}.parquet"),
        "--quiet",
    ]
    took = measured(command)
    table.unlink()
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[5_000, 20_000, 200_000])
    with tempfile.TemporaryDirectory() as folder:
        for count in parser.parse_args().counts:
            seconds, peak = measure(count, Path(folder))
            print(
                f"{count:8} rows: {seconds:7.1f} s, {count / seconds:6.0f} rows/s, peak of all processes {peak:6.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
