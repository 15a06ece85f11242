"""Answers for assistants: short, with ids, doubt, rivals, sources and ready citations.

`answers` makes them and knows no protocol; `server` speaks the Model Context Protocol.
"""
