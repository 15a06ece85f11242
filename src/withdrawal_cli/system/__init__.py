"""The operating system around the program: signals, files that are written, the terminal."""
