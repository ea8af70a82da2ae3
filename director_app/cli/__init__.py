"""The command line. Parses, calls, prints; everything it does a window can do as well."""

from director_app.cli.commands import main

__all__ = ["main"]
