"""The door for other programs on this computer."""

import socket
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from director_app.engine import command_socket
from director_app.engine.command_socket import (
    CommandRefusedError,
    CommandSocket,
    NobodyListensError,
    SilentDeskError,
    tell_desk,
)

pytestmark = pytest.mark.realtime


def _answer(command: str) -> str:
    if command == "refuse":
        raise CommandRefusedError("Camera 2 is lost.")
    if command == "fault":
        raise KeyError("no such thing")
    return f"Done: {command}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CommandSocket]:
    socket = CommandSocket(_answer, str(tmp_path / "desk.sock"))
    yield socket
    socket.close()


def test_a_command_is_answered(desk: CommandSocket) -> None:
    assert tell_desk("take 2", desk.address) == "Done: take 2"
    assert tell_desk("märker", desk.address) == "Done: märker"


def test_a_refusal_is_a_sentence(desk: CommandSocket) -> None:
    with pytest.raises(CommandRefusedError, match="Camera 2 is lost"):
        tell_desk("refuse", desk.address)


def test_without_a_desk_the_sentence_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(NobodyListensError, match="director-desk"):
        tell_desk("take 2", str(tmp_path / "nobody.sock"))


def test_a_caller_that_says_nothing_or_too_much_keeps_nobody_waiting(desk: CommandSocket) -> None:
    with Client(desk.address):
        pass
    with Client(desk.address) as caller:
        caller.send_bytes(b"x" * 100_000)
    assert tell_desk("take 2", desk.address) == "Done: take 2"


def test_a_socket_whose_owner_died_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "desk.sock"
    path.write_text("left over")
    socket = CommandSocket(_answer, str(path))
    try:
        assert tell_desk("hold", socket.address) == "Done: hold"
    finally:
        socket.close()
        socket.close()


def test_a_fault_of_one_command_is_told_and_the_next_one_is_answered(desk: CommandSocket) -> None:
    with pytest.raises(CommandRefusedError, match="could not do that: 'no such thing'"):
        tell_desk("fault", desk.address)
    assert tell_desk("take 2", desk.address) == "Done: take 2"


def test_a_second_desk_does_not_take_the_socket_of_a_living_one(desk: CommandSocket) -> None:
    with pytest.raises(OSError, match="Another desk listens"):
        CommandSocket(lambda _: "I am the second.", desk.address)
    assert tell_desk("take 2", desk.address) == "Done: take 2"


@pytest.mark.skipif(sys.platform == "win32", reason="a Windows pipe has no queue of callers")
def test_a_desk_that_hangs_is_not_taken_for_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_socket, "_ANSWER_S", 0.2)
    address = str(tmp_path / "desk.sock")
    with socket.socket(socket.AF_UNIX) as hangs:
        hangs.bind(address)
        hangs.listen(1)
        # The first calls wait in the queue, the later ones find it full.
        for _ in range(4):
            with pytest.raises(SilentDeskError, match="does not answer"):
                tell_desk("raise", address)
        with pytest.raises(OSError, match="Another desk listens"):
            CommandSocket(_answer, address)
    assert Path(address).exists()


def test_two_callers_at_once_are_both_answered(desk: CommandSocket) -> None:
    told: list[str] = []
    callers = [threading.Thread(target=lambda: told.append(tell_desk("hold", desk.address))) for _ in range(2)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(10)
    assert told == ["Done: hold", "Done: hold"]
