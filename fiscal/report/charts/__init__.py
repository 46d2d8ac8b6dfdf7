"""Pictures of an account, drawn from its facts: the seven figures, the tree, a flow and a trend.

A picture is first a value, `Bars`, `Icicle` or `Flow`, that holds exact amounts and all that is
said about them; `drawing` makes it SVG. Nothing in it comes from anywhere but the facts.
"""
