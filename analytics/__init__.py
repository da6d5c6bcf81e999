"""Reading the numbers (chapter 8 of the standard).

So far: marketplace imports, which take a source's files in through the services of the apps they fill.
"""
