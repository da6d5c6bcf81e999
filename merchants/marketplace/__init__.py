"""What the operator offers to all merchants.

Owns the Category tree (with names by language), SalesChannel, PostcodeArea and the CommissionSchedules with their
CommissionRules, all global.
Announces what the operator does to them: added, renamed, announced.
"""
