"""What reads papers from files: one module a format, each a `Reader`, chosen by what the file holds."""
