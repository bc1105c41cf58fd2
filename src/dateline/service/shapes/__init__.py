"""What the API gives and takes: the form of every body, a file a question.

OpenAPI and the page's types are made from these. An event is derived from the typed event (`model/event.py`).
"""
