"""What the operator offers to all merchants.

Owns the Category tree (with names by language), SalesChannel and PostcodeArea, all global.
Announces what the operator does to them: added, renamed.
"""
