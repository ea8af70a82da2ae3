"""Runs ffmpeg as a child: told of its progress, ended when the film is no longer wanted, never left behind.

Its messages are read by a thread, or it would wait for us while we wait for it. Must not know what is encoded.
"""

import errno
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO

from director_app.post.render.errors import ToolError

_PATIENCE_S = 5.0
_KEPT_LINES = 20
_NO_SPACE = "No space left on device"

Feed = Callable[[], Iterator[memoryview | bytes]]


def run_ffmpeg(command: Sequence[str], at_frame: Callable[[int], None], feed: Feed | None = None) -> None:
    """Runs it to its end. at_frame is called twice a second with the frames that are done; what it raises ends the
    child. feed: what to write to its standard input.

    Raises ToolError with what ffmpeg said, OSError for a full disk, and whatever feed raised.
    """
    stdin = subprocess.DEVNULL if feed is None else subprocess.PIPE
    try:
        child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise ToolError(f"{command[0]} cannot be run: {error.strerror or error}. Install ffmpeg again.") from None
    with _Threads(child, feed) as threads:
        assert child.stdout is not None
        for line in child.stdout:
            key, _, value = line.partition(b"=")
            if key.strip() == b"frame" and value.strip().isdigit():
                at_frame(int(value))
        code = child.wait()
    if threads.failure is not None:
        raise threads.failure
    if code:
        said = threads.said
        if _NO_SPACE in said:
            raise OSError(errno.ENOSPC, _NO_SPACE)
        raise ToolError(f"ffmpeg could not encode the film (exit code {code}): {said or 'it did not say why'}")


class _Threads:
    """Owner of the child and of the threads at its ends."""

    def __init__(self, child: "subprocess.Popen[bytes]", feed: Feed | None) -> None:
        self._child, self._feed = child, feed
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._threads = [threading.Thread(target=self._listen, name="ffmpeg-messages", daemon=True)]
        if feed is not None:
            self._threads.append(threading.Thread(target=self._write, name="ffmpeg-pictures", daemon=True))
        self._ending = False
        self.failure: BaseException | None = None

    @property
    def said(self) -> str:
        """ffmpeg's last words."""
        return " / ".join(self._lines)

    def __enter__(self) -> "_Threads":
        """Starts."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Ends the child if it has not ended, and waits for everything."""
        self._ending = kind is not None
        if self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._child.stdout, self._child.stderr):
            if stream is not None:
                stream.close()

    def _listen(self) -> None:
        assert self._child.stderr is not None
        for line in self._child.stderr:
            if text := line.decode("utf-8", "replace").strip():
                self._lines.append(text)

    def _write(self) -> None:
        pipe: IO[bytes] | None = self._child.stdin
        assert pipe is not None and self._feed is not None
        try:
            for piece in self._feed():
                if self._ending:
                    break
                pipe.write(piece)
        except (BrokenPipeError, ConnectionError):
            # ffmpeg has ended: its exit code and its words say more.
            pass
        except Exception as error:  # noqa: BLE001 - the thread's outer edge: raised again by whoever runs the child
            self.failure = error
            self._child.terminate()
        finally:
            with suppress(OSError):
                pipe.close()
