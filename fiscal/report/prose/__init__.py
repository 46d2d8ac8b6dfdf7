"""An account's prose, written from its figures in the ways of four provinces."""
