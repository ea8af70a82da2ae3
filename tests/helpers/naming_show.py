"""A show with names that says how far it has come: run as a script by tests of kill -9."""

import sys
from pathlib import Path

# In the place of this folder, whose modules would stand before packages of the same names.
sys.path.pop(0)
sys.path.insert(0, "")
from director_app.core.events import ShowName, Take
from director_app.core.sources import CameraId
from director_app.engine.show_engine import ShowEngine
from tests.helpers.shows import small_show, wait_for_slot

NAME_AT, NAME_S = 60, 6.0
LAST = 600


def main() -> None:
    """Prints `slots N` until it is killed, with a name on air from slot 60 on."""
    engine = ShowEngine(small_show(2, 1.0, titles={"seconds": NAME_S}), Path(sys.argv[1]))
    engine.open()
    engine.record()
    wait_for_slot(engine, NAME_AT - 15)
    engine.tell(Take(CameraId("b")))
    wait_for_slot(engine, NAME_AT - 1)
    engine.tell(ShowName())
    for slot in range(NAME_AT, LAST):
        wait_for_slot(engine, slot)
        sys.stderr.write(f"slots {slot}\n")
        sys.stderr.flush()
    engine.close()


if __name__ == "__main__":
    main()
