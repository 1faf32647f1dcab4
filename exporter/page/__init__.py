"""Pages: that of a filing, that of a report, and the review page; what stands where, and how it looks."""
