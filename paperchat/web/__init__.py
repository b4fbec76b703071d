"""The page, its server, guard and requests."""
