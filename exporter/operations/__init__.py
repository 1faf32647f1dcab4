"""One module for each verb: the function that the library exports and the command calls."""
