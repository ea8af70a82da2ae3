"""python -m director_app is the same as director."""

from director_app.cli import main

if __name__ == "__main__":
    main()
