"""Measures answers on files of questions and claims."""
