"""Ending several things although one of them fails. Must not decide what is ended, or in which order."""

from collections.abc import Callable, Iterable


def take_all(steps: Iterable[Callable[[], object]]) -> None:
    """Every step is taken; the first error is raised after the last one."""
    errors: list[BaseException] = []
    for step in steps:
        try:
            step()
        except BaseException as error:  # noqa: BLE001 - every step is taken before the first error is raised
            errors.append(error)
    if errors:
        raise errors[0]
