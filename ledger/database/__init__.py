"""Database: the schema, filled from a weighed draft and published in one step.

Nothing is imported here, so that who only asks for the schema's version needs nothing more.
"""
