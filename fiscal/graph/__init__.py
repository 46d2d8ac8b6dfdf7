"""The classification as a tree, and amounts rolled up along it."""
