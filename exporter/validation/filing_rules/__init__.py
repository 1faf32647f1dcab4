"""Filing rules applied to a report: the kinds of rules there are, one small generator each; tables decide the rest."""
