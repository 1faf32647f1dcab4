"""The whole job: items to a filing folder, and back."""
