"""The API, one file for each thing that one can ask of it."""
