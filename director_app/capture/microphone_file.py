"""A recording in place of a microphone: any file with sound, in real time, once or over and over.

Several files that are given the same epoch stand at the same place at any moment, also after one was opened late
or again. Must not resample or mix.
"""

from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director_app.capture.errors import SourceLostError
from director_app.capture.sound_file import SoundFile, check_sound_file
from director_app.capture.sound_pace import BLOCK_S, Clock, SoundPace
from director_app.media.sound.block import SoundBlock


class Play(StrEnum):
    """ONCE: at its end the file is a microphone that was unplugged. LOOP: begins anew, exact to the sample."""

    ONCE = "once"
    LOOP = "loop"


class FileMicrophone:
    """MicrophoneReader of a file. epoch_ns: time.perf_counter_ns of its first sample; None: when first opened."""

    def __init__(
        self, path: Path, play: Play = Play.ONCE, epoch_ns: int | None = None, clock: Clock | None = None
    ) -> None:
        self._path = path
        self._play = play
        self._epoch_ns = epoch_ns
        self._clock = clock or Clock()
        self._file: SoundFile | None = None
        self._pace: SoundPace | None = None
        self._next = 0
        self._over = False

    def open(self) -> None:
        """Raises SourceError; SourceLostError when a file that plays once is over."""
        self.close()
        if self._over:
            raise self._ended()
        check_sound_file(self._path)
        if self._epoch_ns is None:
            self._epoch_ns = self._clock.now_ns()
        self._file = SoundFile(self._path)
        self._pace = SoundPace(self._clock, self._epoch_ns, self._file.rate)
        self._next = self._pace.position()
        self._go_to(self._next)

    def read(self, timeout_s: float) -> SoundBlock | None:
        """The next 20 ms once their time has come (the last block of a file that plays once may be shorter)."""
        if self._file is None or self._pace is None:
            raise RuntimeError(f"the file {self._path} is not open")
        count = round(self._file.rate * BLOCK_S)
        if not self._pace.wait_for(self._next + count, timeout_s):
            return None
        samples = self._samples(count)
        self._next += len(samples)
        return SoundBlock(samples, self._file.rate, self._pace.due_ns(self._next))

    def close(self) -> None:
        """Idempotent."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def _go_to(self, position: int) -> None:
        assert self._file is not None
        passed = self._file.skip(position)
        if passed == position:
            return
        if self._play is Play.ONCE:
            self.close()
            raise self._ended()
        # The header's length is not to be trusted; only now that it was passed over is it known.
        self._rewind().skip(position % passed)

    def _samples(self, count: int) -> NDArray[np.float32]:
        assert self._file is not None
        samples = self._file.read(count)
        if self._play is Play.ONCE:
            if not len(samples):
                raise self._ended()
            return samples
        while len(samples) < count:
            samples = np.concatenate([samples, self._rewind().read(count - len(samples))])
        return samples

    def _rewind(self) -> SoundFile:
        """Opened anew instead of searched: only so does every codec give the first sample exactly."""
        self.close()
        self._file = SoundFile(self._path)
        return self._file

    def _ended(self) -> SourceLostError:
        self._over = True
        return SourceLostError(f"The file {self._path} has ended. Use loop = true to repeat it.")
