"""What WeasyPrint 70 does wrong, mended from outside, one flaw in each module.

Each has a function `mend`, which changes the library in this process if its version is known to have the flaw. Once is
enough, more does no harm. A newer version is taken as it is: the tests tell whether it needs a mend still.
"""
