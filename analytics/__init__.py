"""What the desk knows as a whole (chapter 8 of the standard).

Takes in what happened on other marketplaces (services/imports): files are read and checked line by line into
temporary tables, judged there as a whole, and taken over by the apps that own the rows.
"""
