"""A show with cuts to random moments of the last second that goes on until it is killed. Usage: ... SESSIONS"""

import random
import sys
import time
from itertools import count
from pathlib import Path

from director_app.core.events import Take
from director_app.core.sources import CameraId
from director_app.engine.show_engine import ShowEngine
from tests.bench.shows import synthetic_show
from tests.helpers.shows import backdate


def main() -> None:
    """Prints the session's folder, then when slot 0 began on time.perf_counter_ns."""
    engine = ShowEngine(synthetic_show(size=(640, 360)), Path(sys.argv[1]))
    engine.open()
    print(engine.record(), flush=True)
    recording = engine._recording
    assert recording is not None
    print(time.perf_counter_ns() - round(recording.time_s() * 1e9), flush=True)
    random_ = random.Random()
    backdate(recording, (random_.uniform(0.0, 1.0) for _ in count()))
    while True:
        time.sleep(random_.uniform(0.1, 1.5))
        engine.tell(Take(CameraId(f"cam_{random_.randint(1, 3)}")))


if __name__ == "__main__":
    main()
