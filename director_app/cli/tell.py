"""`director tell`: a command for the running desk, from a script, a macro pad or a MIDI or OSC bridge."""

from director_app.cli.outcome import BadInput
from director_app.engine.command_socket import CommandRefusedError, NobodyListensError, tell_desk


def tell_running_desk(command: str) -> str:
    """The desk's answer. Raises BadInput when no desk runs or it refuses."""
    try:
        return tell_desk(command)
    except (NobodyListensError, CommandRefusedError) as error:
        raise BadInput(str(error)) from None
