"""The desktop app's windows: the only place that knows Qt."""
