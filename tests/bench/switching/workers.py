"""Several shows at a time, each in a spawned process; however it ends, no process of it is left."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from typing import TypeVar

import psutil

_Job = TypeVar("_Job")
_Done = TypeVar("_Done")


def in_parallel(work: Callable[[_Job], _Done], jobs: Sequence[_Job], processes: int) -> Iterator[_Done]:
    """As they are done, in any order. The first exception ends everything and is raised here."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_obey_owner_only) as pool:
        waiting: list[Future[_Done]] = [pool.submit(work, job) for job in jobs]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            if any(not each.done() for each in waiting):
                _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    pool.shutdown(wait=False, cancel_futures=True)
    for child in multiprocessing.active_children():
        child.terminate()


def _obey_owner_only() -> None:
    """Ctrl-C reaches all processes of a terminal: only the first one decides what follows."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_with_children)


def _end_with_children(_signal: int, _frame: object) -> None:
    for child in psutil.Process().children(recursive=True):
        child.kill()
    os._exit(1)
