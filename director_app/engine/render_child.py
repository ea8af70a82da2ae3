"""The child that does one job: started at low priority, listened to, asked to end. Must not choose what it does.

A child of its own, because a render may need all of a core and may be ended at any moment: the next run goes on.
"""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from director_app.post.jobs.order import JobResult, JobState
from director_app.post.jobs.progress import JobProgress

_NICE = 10
_GRACE_S = 10.0
_LAST_WORDS = 2_000
_BELOW_NORMAL = 0x00004000
"""Windows' priority class of that name."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the child has said last. result: None until it has ended well."""

    progress: JobProgress | None = None
    result: JobResult | None = None


class RenderChild:
    """Owner of one child and of the two threads that empty its pipes."""

    def __init__(self, job: Path) -> None:
        """Raises OSError."""
        self._heard = Heard()
        self._complaints = ""
        flags = _BELOW_NORMAL if sys.platform == "win32" else 0
        self._child = subprocess.Popen(
            [sys.executable, "-m", "director_app", "render", "--job", str(job), "--progress-json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            creationflags=flags,
        )
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._child.pid, _NICE)
        self._threads = [
            threading.Thread(target=each, name=f"render {job.stem}", daemon=True)
            for each in (self._listen, self._gather_complaints)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._child.pid

    def heard(self) -> Heard:
        """What it has said so far."""
        return self._heard

    def ended(self) -> JobResult | None:
        """What became of it; None while it works."""
        code = self._child.poll()
        if code is None or any(thread.is_alive() for thread in self._threads):
            return None
        if self._heard.result is not None:
            return self._heard.result
        said = self._complaints.strip().splitlines()
        if code == 2 and said:
            return JobResult(state=JobState.REFUSED, problems=tuple(said))
        last = f" Its last words: {said[-1]}" if said else ""
        sentence = f"The renderer ended by a fault (exit code {code}); what was complete by then is kept.{last}"
        return JobResult(state=JobState.PROBLEMS, problems=(sentence,))

    def ask_to_end(self) -> None:
        """It ends soon, with nothing half-made; running the job again goes on. Returns at once. Idempotent."""
        if self._child.poll() is None:
            self._child.terminate()

    def close(self) -> None:
        """Ends it, kindly first, and joins. Idempotent."""
        self.ask_to_end()
        try:
            self._child.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._child.stdout, self._child.stderr):
            assert pipe is not None
            pipe.close()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            try:
                self._heard = _understood(json.loads(line), self._heard)
            except (ValueError, KeyError, TypeError):
                continue  # libraries may print what they like

    def _gather_complaints(self) -> None:
        assert self._child.stderr is not None
        for line in self._child.stderr:
            self._complaints = (self._complaints + line)[-_LAST_WORDS:]


def _understood(message: dict[str, Any], before: Heard) -> Heard:
    if "progress" in message:
        return Heard(JobProgress(**message["progress"]), before.result)
    return Heard(before.progress, JobResult.model_validate(message["result"]))
