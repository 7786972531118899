"""Words: values without input or output.

A value is read from the cell as written, keeps that text, and never guesses: what can be read two
ways raises `BadCell` with a question. Nothing here knows a file, a log or a clock.
"""
