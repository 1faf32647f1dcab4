"""The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations."""
