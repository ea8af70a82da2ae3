"""How people switch automatic gain control off. Words only."""

from collections.abc import Mapping, Sequence

_HOW: Mapping[str, str] = {
    "Windows": "Settings > System > Sound > the microphone > Audio enhancements: Off; in its old Properties dialogue "
    'under Custom clear "AGC"; in calling programs clear "adjust microphone automatically".',
    "Darwin": "in the Control Centre under Mic Mode choose Standard; in Audio MIDI Setup set the input level by "
    'hand; in calling programs clear "adjust microphone automatically".',
    "Linux": "in alsamixer (F4) mute Auto Gain Control; unload module-echo-cancel in PulseAudio or PipeWire; in "
    'calling programs clear "adjust microphone automatically".',
}

_DEVICE = "Look for a switch on the device as well (AGC, Auto Level, ALC)."


def how_to_switch_off(system: str) -> str:
    """In words. system: as platform.system() names it."""
    how = _HOW.get(system, "look for AGC or Auto Level in the system's sound settings.")
    return f"{how} {_DEVICE}"


def warning(labels: Sequence[str], system: str) -> str:
    """What is wrong and what to do. labels: whose microphones; none: it is not known which."""
    if len(labels) == 1:
        what = f"The microphone of {labels[0]} seems to turn itself up and down"
    elif labels:
        what = f"The microphones of {', '.join(labels[:-1])} and {labels[-1]} seem to turn themselves up and down"
    else:
        what = "The microphones seem to turn themselves up and down"
    return (
        f"{what} (automatic gain control), so the director tells people apart less surely. To switch it off: "
        f"{how_to_switch_off(system)}"
    )
