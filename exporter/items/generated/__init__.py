"""Report item classes made from somebody's taxonomy: what they are (`outline`), and their Python and profile."""
