"""Fuzzing: what readers, parsers of values and the tagger do with input that nobody meant to write.

``python -m tests.fuzz TARGET --runs N --corpus DIR`` runs one target under a coverage-guided engine (atheris), with
mutators that know the syntax; the corpus makes a run go on where the last one ended. pytest runs each target shortly.
"""
