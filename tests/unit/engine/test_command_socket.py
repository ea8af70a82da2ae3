"""The door for other programs on this computer."""

from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from director_app.engine.command_socket import CommandRefusedError, CommandSocket, NobodyListensError, tell_desk


def _answer(command: str) -> str:
    if command == "refuse":
        raise CommandRefusedError("Camera 2 is lost.")
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
