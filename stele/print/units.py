"""How many points a millimetre and a px have: paper is measured in mm, style sheets in px, PDF in points.

ISO 32000-1, 8.3.2.3 Default user space; CSS Values and Units 3, 5.2 Absolute lengths.
"""

POINTS_PER_MM = 72 / 25.4
POINTS_PER_PX = 0.75
