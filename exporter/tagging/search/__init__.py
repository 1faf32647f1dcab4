"""Where a document states the facts: candidates, their scores and conflicts."""
