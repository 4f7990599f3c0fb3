"""`python -m service.cli`."""

from service.cli import run

if __name__ == "__main__":
    run()
