"""Addresses without their secrets, for manifests, logs and sentences."""

from urllib.parse import urlsplit, urlunsplit


def without_password(url: str) -> str:
    """The same address with user, password and query left out: rtsp://host:554/stream."""
    parts = urlsplit(url)
    # Everything after the last @, as it was written: asking for the port would raise where it is no number.
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
