"""Readers: a file in, a `Document` out. `reader` picks the format; each format has its module."""
