"""Measures only: suites, scorers, baselines and reports."""
