"""The parts of make_demo.py: drawings, rasters and sound of the demo show. Never imported by the program."""
