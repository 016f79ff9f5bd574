"""The square code that a telephone's camera reads, as an image that a page can hold."""

from __future__ import annotations


def square_code(address: str) -> str:
    """An address as a `data:` image in SVG."""
    # Loaded only where one is drawn.
    import segno

    return segno.make(address, micro=False).svg_data_uri(scale=5, dark="#0b0c0c", light="#ffffff")
