"""Where: place names and the gazetteer entries they stand for."""
