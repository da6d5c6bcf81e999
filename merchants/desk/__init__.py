"""What keeps the desk running.

Owns ImportRun (what a marketplace import read, took and refused) and ImportFinding (one row per finding).
"""
