"""numpy's side of the comparison: the due day of every receipt by busday_offset.

busday_offset.py FOLDER VALUE: reads FOLDER/received (seconds since 1970 as int64) and
FOLDER/days_off (one holiday a line), writes FOLDER/due (days since 1970 as int64) and prints
numpy's version and the seconds of its best round. Only the one vectorised call is timed: not the
way from moments to days before it, nor the closing times after it.
"""

import sys
import time
from pathlib import Path

import numpy

ROUNDS = 15

folder, value = Path(sys.argv[1]), int(sys.argv[2])
seconds = numpy.fromfile(folder / "received", dtype=numpy.int64)
days = ((seconds + 7 * 3600) // 86400).astype("datetime64[D]")
calendar = numpy.busdaycalendar(weekmask="1111100", holidays=(folder / "days_off").read_text().split())
best = float("inf")
for _ in range(ROUNDS):
    begun = time.perf_counter()
    # A receipt on a day off counts from the working day before it: that day is not counted.
    due = numpy.busday_offset(days, value, roll="backward", busdaycal=calendar)
    best = min(best, time.perf_counter() - begun)
due.astype(numpy.int64).tofile(folder / "due")
print(numpy.__version__, best)
