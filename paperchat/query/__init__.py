"""What a question is: its kind, names, aspects and topic, and whether the papers answer it."""
