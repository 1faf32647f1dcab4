"""XBRL 2.1 instances in XML under the OIM mapping (xBRL-XML 1.0), read and written as streams."""
