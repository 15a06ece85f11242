"""A file and what is made of it: reading, references, faults, pages, and the canonical form."""
