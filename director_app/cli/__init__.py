"""The command line. Parses, calls, prints; everything it does a window can do as well."""

_INTERRUPTED = 130


def main() -> None:
    """Entry point of the console script."""
    try:
        # Ctrl-C during the imports ends the program as it does later, without a trace.
        from director_app.cli import commands  # noqa: PLC0415
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None
    commands.main()


__all__ = ["main"]
