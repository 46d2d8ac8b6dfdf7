"""The classification over the years, as data (`schemes/`) and as values (`scheme`)."""
