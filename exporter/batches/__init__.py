"""Many filings: exports, conversions and validations, each in a process of its own, with a ledger to resume from."""
