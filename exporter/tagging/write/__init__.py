"""Tags written into a document, taken out of it, and read back."""
