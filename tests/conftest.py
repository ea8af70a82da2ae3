"""A test leaves nothing behind: no thread, child, open file or temporary file, and says where it left it."""

import gc
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from xdist.remote import Producer
from xdist.scheduler import Scheduling

from tests.parts import mark_parts
from tests.workers import Together, is_in_a_module_of_its_own

_PATIENCE_S = 3.0
_LASTING_THREADS = ("pytest_timeout", "ThreadPoolExecutor")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """See tests/parts.py; before any are chosen by their marks."""
    mark_parts(items)
    items.sort(key=is_in_a_module_of_its_own)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """See tests/workers.py."""
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


def _threads() -> set[threading.Thread]:
    return {each for each in threading.enumerate() if not each.name.startswith(_LASTING_THREADS)}


def _children() -> set[psutil.Process]:
    return {
        child
        for child in psutil.Process().children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(_command(child))
    }


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _files() -> set[str]:
    return {each.path for each in psutil.Process().open_files()}


def _where(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    return "" if frame is None else "".join(traceback.format_stack(frame)[-3:])


@pytest.fixture(autouse=True)
def leaves_nothing_behind(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Compares the process before and after each test."""
    room = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    monkeypatch.setenv("TMPDIR", str(room))
    # What this computer's user has kept, such as sound checks, is neither used nor touched.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    threads, children, files = _threads(), _children(), _files()
    yield
    deadline_s = time.monotonic() + _PATIENCE_S
    problems = _problems(threads, children, files, room)
    while problems and time.monotonic() < deadline_s:
        gc.collect()
        threading.Event().wait(0.05)
        problems = _problems(threads, children, files, room)
    assert not problems, "this test left behind: " + "; ".join(problems)


def _problems(
    threads: set[threading.Thread], children: set[psutil.Process], files: set[str], room: Path
) -> list[str]:
    found = [f"thread {each.name}\n{_where(each)}" for each in _threads() - threads]
    found += [f"child {each.pid} {' '.join(_command(each))}" for each in _children() - children]
    found += [f"open file {each}" for each in _files() - files]
    found += [f"temporary file {each}" for each in os.listdir(room)]  # noqa: PTH208 - names are enough
    return found
