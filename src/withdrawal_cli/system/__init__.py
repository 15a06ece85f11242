"""The operating system around the program: signals, files, the terminal."""
