"""How many points a millimetre has: people measure paper in the one, PDF in the other (ISO 32000-1, 8.3.2.3)."""

POINTS_PER_MM = 72 / 25.4
