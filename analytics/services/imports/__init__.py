"""Importing the history of a marketplace.

`engine` is what all of them do, `sources` names them. `files` finds and opens the tables of a folder or zip, `tables`
reads them line by line, `values` understands their fields, `staging` holds them in temporary tables, `progress` says
how far it is, `summary` writes the report down; a source's own package does the rest.
"""
