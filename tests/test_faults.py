"""A point in a run -> what the environment wants to go wrong there."""

from __future__ import annotations

import errno

import pytest

from briefing.faults import InjectedFault, fault


def test_nothing_happens_unless_it_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEF_FAULTS_ALLOWED", raising=False)
    monkeypatch.setenv("BRIEF_FAULT", "here:raise")
    fault("here")


def test_only_the_named_point_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEF_FAULTS_ALLOWED", "1")
    monkeypatch.setenv("BRIEF_FAULT", "here:raise")
    fault("there")
    with pytest.raises(InjectedFault, match="here"):
        fault("here")
    monkeypatch.setenv("BRIEF_FAULT", "here:enospc")
    with pytest.raises(OSError, match="No space left") as caught:
        fault("here")
    assert caught.value.errno == errno.ENOSPC
    monkeypatch.setenv("BRIEF_FAULT", "here:sleep:0.001")
    fault("here")
