"""The desk: the page a show is run from."""
