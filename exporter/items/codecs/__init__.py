"""How a field's value becomes text of a fact, JSON, and back: a codec for each type of value."""
