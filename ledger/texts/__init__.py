"""Documents' texts: numbered, the outlets they cite, and claims held against them.

No text is ever stored: what is kept of one is its hash and what each paragraph cites.
"""
