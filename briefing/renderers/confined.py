"""A user's template and plain data -> text, in a process of its own that ends at its limits.

The sandbox stops what a template may reach, not how long it runs or how much it holds.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import NoReturn

from briefing.errors import RenderError
from briefing.renderers.sandbox import HINT, TookTooLong, mistake, run_template
from briefing.renderers.template_files import Limits, Templates

GRACE_SECONDS = 10  #: for starting the process, and for one step that no clock interrupts
KEPT = ("SYSTEMROOT",)  #: of the environment; the rest, passwords among it, stays outside


def run_confined(name: str, view: Mapping[str, object], templates: Templates) -> str:
    """What environment.render_template gives; a RenderError too when a limit is reached."""
    asked = {
        "name": name,
        "view": view,
        "folder": str(templates.folder),
        "limits": asdict(templates.limits),
    }
    paths = [path for path in sys.path if path]
    environment = {key: os.environ[key] for key in KEPT if key in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "briefing.renderers.confined"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=templates.limits.seconds + GRACE_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise mistake(f"{name}: took more than {templates.limits.seconds} s") from error
    if done.returncode:
        # Killed by the system, or out of memory where not even an error could be told.
        raise mistake(f"{name}: needs more than a template may: it ended with {done.returncode}")
    answer = json.loads(done.stdout)
    if "text" in answer:
        return str(answer["text"])
    raise RenderError(answer["error"], hint=answer["hint"], is_template_error=True)


def main() -> None:
    """Read what is asked for on stdin, run the template, write the answer to stdout, as JSON."""
    import_module("jinja2.sandbox")  # before the clock runs, which is the template's alone
    asked = json.load(sys.stdin)
    templates = Templates(Path(asked["folder"]), Limits(**asked["limits"]))
    restrict(templates.limits)
    try:
        answer = {"text": run_template(asked["name"], asked["view"], templates)}
    except RenderError as error:
        answer = {"error": str(error), "hint": error.hint or HINT}
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.write(json.dumps(answer))


def restrict(limits: Limits) -> None:
    """From here on this process holds no more, takes no longer and writes no file."""
    if sys.platform == "win32":
        return  # there the other process's clock alone ends it
    import resource

    def lower(kind: int, value: int) -> None:
        _, hard = resource.getrlimit(kind)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (most, hard))

    lower(resource.RLIMIT_AS, limits.megabytes << 20)
    lower(resource.RLIMIT_FSIZE, 0)
    lower(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def stop(number: int, frame: FrameType | None) -> NoReturn:
    """Raise into whatever line of the template is running."""
    raise TookTooLong


if __name__ == "__main__":
    main()
