"""What assistants are answered: short, with ids, doubt, rivals, sources and ready citations.

`answers` makes the answers and knows no protocol; `server` speaks the Model Context Protocol.
"""
