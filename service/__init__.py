"""Changdu 畅读: any article as a page that everyone can read, and as speech that follows the text."""

__version__ = "0.1.0"
