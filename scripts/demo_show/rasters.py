"""Cuts the SVG drawings into the layers that the program moves, and writes where each layer belongs.

The pictures are 1.5 times the design size, so that a 1080p show is sharp. Must not draw anything itself.
"""

import copy
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import resvg_py
from PIL import Image

from demo_show.cameras import SEATS, drawings
from demo_show.faces import EYES, MOUTHS
from demo_show.wide import PLACES, SCALE

ENLARGED = 1.5
SVG = "{http://www.w3.org/2000/svg}"

MOUTH_BOX = (-82, 64, 82, 194)
EYES_BOX = (-74, -28, 74, 24)
"""Left, top, right, bottom around the eyes' middle: outside them no mouth or lid changes anything."""

PIVOT = (0, 150)
"""The head turns around this point, where the neck meets the jaw."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One drawing, of which groups can be shown alone."""

    root: ElementTree.Element

    def picture(self, wanted: str, mouth: int = 0, eyes: str = "open") -> Image.Image:
        """The group `wanted` (or several with that prefix) on a clear ground, enlarged."""
        root = copy.deepcopy(self.root)
        for child in list(root):
            if child.tag == SVG + "g" and child.get("id") != wanted:
                root.remove(child)
        for node in root.iter(SVG + "g"):
            name = node.get("id", "")
            if "-mouth-" in name:
                node.set("display", "inline" if name.endswith(f"-{mouth}") else "none")
            if "-eyes-" in name:
                node.set("display", "inline" if name.endswith(f"-{eyes}") else "none")
        text = ElementTree.tostring(root, encoding="unicode")
        png = resvg_py.svg_to_bytes(svg_string=text, width=int(1280 * ENLARGED), height=int(720 * ENLARGED))
        return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def write_drawings(folder: Path) -> None:
    """All four SVG files."""
    folder.mkdir(parents=True, exist_ok=True)
    for camera, text in drawings().items():
        (folder / f"{camera}.svg").write_text(text, encoding="utf-8", newline="\n")


def write_rasters(svg_folder: Path, folder: Path) -> None:
    """All layers as WebP, and layers.json."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    folder.mkdir(parents=True, exist_ok=True)
    cameras = {}
    for camera in (*SEATS, "wide"):
        sheet = _Sheet(ElementTree.parse(svg_folder / f"{camera}.svg").getroot())
        seats = PLACES if camera == "wide" else {camera: SEATS[camera]}
        scale = SCALE if camera == "wide" else 1.0
        print(f"cutting {camera}")
        background = sheet.picture("background").convert("RGB")
        background.save(folder / f"{camera}-background.webp", "WEBP", quality=98, method=6)
        cameras[camera] = {
            "background": f"{camera}-background.webp",
            "front": _layer(sheet, "front", folder, f"{camera}-front"),
            "people": [_person(sheet, who, seat, scale, folder, camera) for who, seat in seats.items()],
        }
    layout = {"enlarged": ENLARGED, "width": 1280, "height": 720, "cameras": cameras}
    (folder / "layers.json").write_text(json.dumps(layout, indent=1) + "\n", encoding="utf-8", newline="\n")


def _person(
    sheet: _Sheet, who: str, seat: tuple[int, int], scale: float, folder: Path, camera: str
) -> dict[str, Any]:
    name = camera if camera == who else f"{camera}-{who}"
    parts = {part: _layer(sheet, f"{who}-{part}", folder, f"{name}-{part}") for part in ("back", "body", "head")}
    mouths = [sheet.picture(f"{who}-head", mouth=number) for number in range(MOUTHS)]
    lids = [sheet.picture(f"{who}-head", eyes=state) for state in EYES]
    return {
        "who": who,
        "scale": scale,
        "pivot": [seat[0] + PIVOT[0] * scale, seat[1] + PIVOT[1] * scale],
        **parts,
        "mouth": _sprites(mouths, MOUTH_BOX, seat, scale, folder / f"{name}-mouths.webp"),
        "eyes": _sprites(lids, EYES_BOX, seat, scale, folder / f"{name}-eyes.webp"),
    }


def _layer(sheet: _Sheet, group: str, folder: Path, name: str) -> dict[str, Any]:
    picture = sheet.picture(group)
    left, top, right, bottom = picture.getbbox() or (0, 0, 2, 2)
    _save(picture.crop((left, top, right, bottom)), folder / f"{name}.webp")
    return {"file": f"{name}.webp", "x": left, "y": top}


def _sprites(
    pictures: list[Image.Image], box: tuple[int, int, int, int], seat: tuple[int, int], scale: float, file: Path
) -> dict[str, Any]:
    """The boxes of all variants under each other in one file."""
    left, top = (int((seat[i] + box[i] * scale) * ENLARGED) for i in (0, 1))
    right, bottom = (int((seat[i] + box[i + 2] * scale) * ENLARGED) + 1 for i in (0, 1))
    width, height = right - left, bottom - top
    sheet = Image.new("RGBA", (width, height * len(pictures)))
    for index, picture in enumerate(pictures):
        sheet.paste(picture.crop((left, top, right, bottom)), (0, index * height))
    _save(sheet, file)
    return {"file": file.name, "x": left, "y": top, "width": width, "height": height, "count": len(pictures)}


def _save(picture: Image.Image, file: Path) -> None:
    # Lossless, because a sprite must equal the layer it is laid into at its edges.
    picture.save(file, "WEBP", lossless=True, quality=80, method=4)
