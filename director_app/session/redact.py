"""Addresses without their secrets, for manifests, logs and sentences."""

from urllib.parse import urlsplit, urlunsplit


def without_password(url: str) -> str:
    """The same address with user, password and query left out: rtsp://host:554/stream."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None:
        host = f"{host}:{parts.port}"
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
