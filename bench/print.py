"""A whole desk brief against the least that its PDF costs, as a ratio in one run.

The least is a process that imports WeasyPrint and renders the same HTML, nothing else. Both are
measured in turn, and the medians compared.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, run

from briefing.config import load_config
from briefing.pipeline import make_brief
from briefing.renderers import Templates
from briefing.renderers.fonts import faces
from briefing.renderers.pdf_document import print_text
from briefing.renderers.typesetter import Typesetter
from briefing.runner import read_sources

ROOT = Path(__file__).parent.parent
RUNS = 5
AS_OF = datetime(2023, 9, 14, 12, tzinfo=UTC)
LEAST = """
import sys
from pathlib import Path
from weasyprint import HTML
text = Path(sys.argv[1]).read_text(encoding="utf-8")
HTML(string=text).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1", pdf_identifier=b"0123456789abcdef")
"""


def main() -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "print.html"
        page.write_text(page_text(), encoding="utf-8")
        least = [sys.executable, "-c", LEAST, str(page), str(folder / "least.pdf")]
        whole = [sys.executable, "-m", "briefing", "build", "-q", "--out", str(folder / "out")]
        whole += ["--config", str(ROOT / "config.yaml"), "--as-of", AS_OF.isoformat()]
        times = [(seconds(least), seconds(whole)) for _ in range(RUNS)]
        for_least, for_whole = (median(each) for each in zip(*times, strict=True))
        print(f"import and render the HTML  {for_least:6.2f} s")
        print(f"the whole brief             {for_whole:6.2f} s")
        print(f"ratio                       {for_whole / for_least:6.2f}")


def page_text() -> str:
    """The print document of the example, with fonts that any fetcher finds."""
    config = load_config(ROOT / "config.yaml")
    (spec,) = config.briefs
    reading = read_sources(spec.sources, spec, root=ROOT)
    brief = make_brief(reading.articles, spec, AS_OF, reading.problems)
    with Typesetter() as typesetter:
        text = print_text(brief, Templates(), typesetter)
    for face in faces():
        text = text.replace(f"briefont:{face.name}", face.path.as_uri())
    return text


def seconds(command: list[str]) -> float:
    """Wall time of a process; the program ends where it fails."""
    start = time.perf_counter()
    if run(command, stdout=DEVNULL, check=False).returncode not in {0, 1}:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
