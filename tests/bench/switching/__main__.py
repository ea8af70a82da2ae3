"""make bench-switching: is the right person on air? Tables on stdout, progress on stderr.

DATA=DIR takes excerpts.json and voices/ from elsewhere; ARGS="--set sim --n 6" passes any of the options below.
"""

import platform
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import psutil

from tests.bench.switching import json_out
from tests.bench.switching.measurement import Measurement
from tests.bench.switching.options import Options, parse
from tests.bench.switching.program import ProgramError
from tests.bench.switching.progress import say
from tests.bench.switching.truth import read_excerpts
from tests.bench.switching.voices import find_voices

_SHORT_OF_PROGRAM, _BAD_INPUT, _INTERRUPTED = 1, 2, 130


def main() -> int:
    """0: measured, whatever the figures; 1: the program failed; 2: bad input; 130: Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)
    options = parse(sys.argv[1:], __doc__)
    try:
        _measure(options)
    except ProgramError as error:
        say(str(error))
        return _SHORT_OF_PROGRAM
    except (OSError, ValueError, KeyError) as error:
        say(f"{options.data} cannot be used: {error}")
        return _BAD_INPUT
    except KeyboardInterrupt:
        say("stopped; what was made is deleted")
        return _INTERRUPTED
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _measure(options: Options) -> None:
    excerpts = read_excerpts(options.data / "excerpts.json")
    voices = find_voices(options.data / "voices")
    used = excerpts[: options.shows]
    cores, load = psutil.cpu_count(), psutil.getloadavg()[0]
    print(f"# {platform.machine()}, {cores} cores, load {load:.1f} at the start", flush=True)
    print(f"# {len(used)} of {len(excerpts)} excerpts and {len(voices)} voices of {options.data}", flush=True)
    with tempfile.TemporaryDirectory(prefix="director-switching-") as folder:
        measurement = Measurement(options, used, voices, Path(folder))
        for line in measurement.run():
            print(line, flush=True)
    if options.out is not None:
        json_out.write(options.out, measurement.results, measurement.costs)
        say(f"everything is in {options.out}")


if __name__ == "__main__":
    sys.exit(main())
