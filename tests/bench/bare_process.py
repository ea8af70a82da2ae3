"""Three bare x264 encoders on the pictures of the synthetic cameras, in real time, and nothing else.

calls: in the encoders alone. cpu: of the whole process, which draws its pictures as the app's does.

Usage: python -m tests.bench.bare_process SECONDS
"""

import sys
import threading
import time
from fractions import Fraction

from director_app.capture.camera_synthetic import SyntheticCamera
from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.frame import Frame
from director_app.media.packets import FrameKind
from tests.bench.shows import report

_CANVAS = Canvas(1920, 1080, Fraction(30))
_SETTLE_S = 2.0


def encode(index: int, seconds: float, start_ns: int, used: list[float]) -> None:
    """One camera's encoder on its own thread; CPU of its calls alone, per second of show."""
    source = SyntheticCamera(index, (_CANVAS.width, _CANVAS.height), _CANVAS.fps, start_ns)
    source.open()
    camera = CameraId(str(index))
    spent = 0.0
    with VideoEncoder(EncoderSettings(_CANVAS)) as encoder:
        for slot in range(round(seconds * 30)):
            shown = None
            while shown is None:
                shown = source.read(1.0)
            assert isinstance(shown.image, Frame)
            before = time.thread_time()
            encoder.encode(camera, slot, shown.image.picture, FrameKind.KEY if slot % 60 == 0 else FrameKind.DELTA)
            if slot >= _SETTLE_S * 30:
                spent += time.thread_time() - before
    source.close()
    used.append(spent / (seconds - _SETTLE_S))


def main() -> None:
    """Runs and reports."""
    seconds = float(sys.argv[1]) + 2 * _SETTLE_S
    used: list[float] = []
    start_ns = time.perf_counter_ns() + 500_000_000
    threads = [threading.Thread(target=encode, args=(index, seconds, start_ns, used)) for index in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(_SETTLE_S + 0.5)
    cpu_before, at_s = time.process_time(), time.perf_counter()
    # Ends before they do, so that all of it is in full swing.
    time.sleep(seconds - 2 * _SETTLE_S)
    cpu = (time.process_time() - cpu_before) / (time.perf_counter() - at_s)
    for thread in threads:
        thread.join()
    report({"cpu": cpu, "calls": sum(used)})


if __name__ == "__main__":
    main()
