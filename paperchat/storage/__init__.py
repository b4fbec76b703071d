"""Papers read in and kept: readers, chunks, records, the indexes, conversations."""
