"""One module a verb: `arguments(parser)` and `run(args) -> Outcome`. Its docstring is its help."""
