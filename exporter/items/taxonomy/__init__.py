"""The extension taxonomy that the declarations of items make."""
