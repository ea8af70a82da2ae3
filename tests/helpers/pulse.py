"""A private PulseAudio whose null sinks are microphones for PortAudio, on machines without a sound card.

A sink that is loaded is a microphone that is plugged in; unloading it unplugs it. Leaves nothing behind.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tests.helpers.wait import eventually

RATE = 48_000


class PulseAudio:
    """A server for the duration of a `with` block.

    microphones: name -> channels. All of them are known to PortAudio by name, and plugged in from the start. `with`
    also points this process, and so its children, at the server.
    """

    def __init__(self, microphones: Mapping[str, int]) -> None:
        self._channels = dict(microphones)
        self._modules: dict[str, str] = {}
        self._keepers: dict[str, subprocess.Popen[bytes]] = {}
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> Self:
        # The socket's path must be short, hence not pytest's tmp_path.
        self._home = Path(tempfile.mkdtemp(prefix="pulse-"))
        self._home.chmod(0o700)
        self._point_here()
        self._write_settings()
        script = self._home / "start.pa"
        script.write_text("load-module module-native-protocol-unix\nload-module module-cli-protocol-unix\n")
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            eventually(self._answers, 10.0, "PulseAudio answers")
            for name in self._channels:
                self.plug_in(name)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def plug_in(self, name: str) -> None:
        """The microphone appears."""
        sink = f"sink_name={name} rate={RATE} {_shape(self._channels[name])}"
        self._modules[name] = self._pactl("load-module", "module-null-sink", *sink.split()).strip()
        # A sink that nothing plays to wakes up every two seconds; a microphone is not like that.
        self._keepers[name] = self._player(name, Path("/dev/zero"))

    def unplug(self, name: str) -> None:
        """The microphone is gone, in the middle of whatever it was doing."""
        _end(self._keepers.pop(name))
        self._kill_listeners(name)
        self._pactl("unload-module", self._modules.pop(name))

    def _kill_listeners(self, name: str) -> None:
        """Left alone, PulseAudio would move them to another microphone, which no real cable does."""
        sources = [line.split("\t") for line in self._pactl("list", "short", "sources").splitlines()]
        index = next(fields[0] for fields in sources if fields[1] == f"{name}.monitor")
        for line in self._pactl("list", "short", "source-outputs").splitlines():
            output, source = line.split("\t")[:2]
            if source == index:
                self._command(f"kill-source-output {output}")

    def _command(self, line: str) -> None:
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(5)
            control.connect(str(self._home / "cli"))
            control.sendall(line.encode() + b"\n")
            control.shutdown(socket.SHUT_WR)
            while control.recv(4096):
                pass

    @contextmanager
    def playing(self, name: str, samples: NDArray[np.float32]) -> Iterator[None]:
        """What the microphone hears during a `with` block: shape (frames, channels), float32, 48 kHz."""
        descriptor, path = tempfile.mkstemp(".raw", f"{name}-", self._home)
        os.close(descriptor)
        source = Path(path)
        source.write_bytes(np.ascontiguousarray(samples, np.float32).tobytes())
        player = self._player(name, source)
        try:
            yield
        finally:
            _end(player)

    def _player(self, name: str, source: Path) -> subprocess.Popen[bytes]:
        shape = [f"--{setting.replace('_', '-')}" for setting in _shape(self._channels[name]).split()]
        form = ("--raw", "--format=float32le", f"--rate={RATE}", *shape)
        return subprocess.Popen(
            ["paplay", *form, "--latency-msec=20", f"--device={name}", str(source)], stderr=subprocess.DEVNULL
        )

    def _point_here(self) -> None:
        home = str(self._home)
        for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
            self._before[name] = os.environ.get(name)
            os.environ[name] = home
        self._before["PULSE_SERVER"] = os.environ.pop("PULSE_SERVER", None)

    def _write_settings(self) -> None:
        entries = ["pcm.!default { type pulse }"]
        for name in self._channels:
            hint = f'hint {{ show on description "{name}" }}'
            entries.append(f"pcm.{name} {{ type pulse device {name}.monitor {hint} }}")
        (self._home / ".asoundrc").write_text("\n".join(entries) + "\n")

    def _answers(self) -> bool:
        asked = subprocess.run(["pactl", "info"], capture_output=True, check=False, timeout=5)
        return asked.returncode == 0

    def _pactl(self, *arguments: str) -> str:
        return subprocess.run(["pactl", *arguments], capture_output=True, check=True, text=True, timeout=10).stdout

    def _end(self) -> None:
        for process in (*self._keepers.values(), self._server):
            _end(process)
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(self._home, ignore_errors=True)


def _shape(channels: int) -> str:
    """Channels in ALSA's order: PulseAudio's own differs, and it would mix them to match the names."""
    order = ["front-left", "front-right", "rear-left", "rear-right", "front-center", "lfe", "side-left", "side-right"]
    return f"channels={channels} channel_map={','.join(order[:channels]) if channels > 1 else 'mono'}"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
