"""What the operator offers to all merchants.

Owns the Category tree (with names by language), SalesChannel and PostcodeArea, all global.
"""
