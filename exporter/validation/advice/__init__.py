"""Advice on a filing's own taxonomy: concepts that need not be, names and labels that will be refused, anchors."""
