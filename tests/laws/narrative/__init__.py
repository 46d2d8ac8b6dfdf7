"""Random accounts told in prose, in the sentences of many provinces, with all that they state."""
