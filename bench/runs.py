"""Time and memory of whole runs on this machine, from a command line's point of view.

Prints one line a case: the median and the longest of its runs in seconds, and the largest
resident memory in MB. Nothing is held to a number; compare two versions on one machine.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
RUNS = 3


def main() -> None:
    """Run every case and print its line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = ["build", "--out", str(folder / "out"), "--as-of", "2024-03-07T12:00:00Z"]
        flood = ["--config", str(ROOT / "examples/flood/config.yaml")]
        cases = {
            "help": ["--help"],
            "flood, 4 articles": [*build, *flood],
            "summit, 5 articles": [*build, "--config", str(ROOT / "config.yaml")],
            "summit, markdown only": [
                *build, "--config", str(ROOT / "config.yaml"), "--format", "markdown",
            ],
            "summit, 50 articles": [
                *build, "--config", str(ROOT / "config.yaml"), "--source", str(copies(folder, 10)),
            ],
        }  # fmt: skip
        print(f"{'case':24}{'median s':>10}{'longest s':>11}{'MB':>7}")
        for case, arguments in cases.items():
            seconds, megabytes = zip(*(measure(arguments) for _ in range(RUNS)), strict=True)
            print(f"{case:24}{median(seconds):10.2f}{max(seconds):11.2f}{max(megabytes):7.0f}")


def copies(folder: Path, count: int) -> Path:
    """Write the summit's text articles `count` times, each copy with words of its own."""
    target = folder / "articles"
    target.mkdir()
    for path in sorted((ROOT / "examples/summit/articles").iterdir()):
        for number in range(count):
            copy = target / f"{path.stem}-{number}{path.suffix}"
            shutil.copyfile(path, copy)
            text = copy.read_text(encoding="utf-8").replace(" the ", f" the {number}th ")
            copy.write_text(text, encoding="utf-8")
    return target


def measure(arguments: list[str]) -> tuple[float, float]:
    """Run `brief` once in a process of its own; return seconds and peak resident megabytes."""
    start = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "briefing", *arguments],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(f"brief {' '.join(arguments)}: exit {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
