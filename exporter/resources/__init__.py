"""Bytes from outside: files, archives, XML and URLs, offline and within limits."""
