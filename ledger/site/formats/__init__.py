"""Formats: claims and disputes for other programs: feeds, citations, linked data, maps, embeds."""
