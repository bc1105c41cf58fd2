"""Fitting of the weights that the package ships, from hand-labelled development data (see each module)."""
