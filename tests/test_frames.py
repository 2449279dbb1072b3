"""Calls that go deep ask the system for memory once, not whenever they pass a certain depth."""

import sys

import pytest

from stele.engine import Task, run
from stele.frames import together

CALLS, DEPTHS = 1_000, range(300)


def called(number):
    return number


def faults_at(depth):
    """Return how often memory is taken from the system while a function is called again and again, so deep."""
    import resource

    if depth:
        return faults_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        called(number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def most_faults():
    return max(map(faults_at, DEPTHS))


@pytest.mark.skipif(sys.platform != "linux", reason="counts the pages that Linux gives")
def test_no_depth_takes_memory_again_and_again():
    task = Task("deep", most_faults, ())
    assert together(most_faults) < CALLS / 10
    assert run([task])[0] < CALLS / 10


def test_what_a_call_returns_and_raises_comes_through():
    assert together(dict, [("a", 1)], b=2) == {"a": 1, "b": 2}
    with pytest.raises(ZeroDivisionError):
        together(lambda: 1 / 0)
