"""XML with the standard library: elements from plain values, and text that is the same whenever it is made again."""

from xml.etree import ElementTree as ET

from director_app.post.timelines.seal import BLANK

Element = ET.Element
Value = str | int


def child(parent: Element, tag: str, text: Value | None = None, **attributes: Value) -> Element:
    """A new last child. An attribute that must not be a name of Python's may end in an underscore."""
    made = ET.SubElement(parent, tag, {name.rstrip("_"): str(value) for name, value in attributes.items()})
    if text is not None:
        made.text = str(text)
    return made


def document(root: Element, doctype: str = "") -> str:
    """The whole file, indented, with room for the seal in a comment."""
    ET.indent(root)
    head = ['<?xml version="1.0" encoding="UTF-8"?>', *([doctype] if doctype else []), f"<!-- {BLANK} -->"]
    return "\n".join([*head, ET.tostring(root, encoding="unicode"), ""])
