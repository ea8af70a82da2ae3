"""Makes everything under resources/demo: drawings, rasters, sound and its truth.

Needs, besides the program's own packages: resvg-py (drawings), and soundfile or an ffmpeg command (reading FLAC).

    python scripts/make_demo.py art                      SVG files and the rasters cut from them
    python scripts/make_demo.py sound --switching DIR    microphones and their truth

DIR is a folder with gen.py, turns.py, score.py and voices/.

The program and its tests never need this script or DIR: they use the files it made.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

DEMO = Path(__file__).parent.parent / "resources" / "demo"


def main() -> None:
    """Makes the part that was asked for."""
    parser = argparse.ArgumentParser(description="Makes the files of the demo show.")
    parser.add_argument("part", choices=("art", "sound"))
    parser.add_argument("--switching", type=Path, help="folder with gen.py, turns.py, score.py and voices/")
    wish = parser.parse_args()
    if wish.part == "art":
        from demo_show.rasters import write_drawings, write_rasters  # noqa: PLC0415

        write_drawings(DEMO / "svg")
        write_rasters(DEMO / "svg", DEMO / "layers")
    else:
        if wish.switching is None:
            parser.error("sound needs --switching DIR")
        from demo_show.sound import write_sound  # noqa: PLC0415

        write_sound(wish.switching, DEMO)
    total = sum(file.stat().st_size for file in DEMO.rglob("*") if file.is_file())
    print(f"Done: {DEMO} holds {total / 1e6:.2f} MB.")


if __name__ == "__main__":
    main()
