"""config.yaml -> frozen specs; every mistake is reported together, with line and column."""

from briefing.config.load import CONFIG_NAME, Config, find_config, load_config
from briefing.config.reference import configuration_markdown, schema
from briefing.config.specs import (
    FORMATS,
    BriefSpec,
    CondenseSpec,
    DefaultsSpec,
    Format,
    SectionSpec,
    SourceSpec,
)
from briefing.config.starter import starter
from briefing.config.suggest import nearest, no_such
from briefing.config.times import parse_time

__all__ = [
    "CONFIG_NAME",
    "FORMATS",
    "BriefSpec",
    "CondenseSpec",
    "Config",
    "DefaultsSpec",
    "Format",
    "SectionSpec",
    "SourceSpec",
    "configuration_markdown",
    "find_config",
    "load_config",
    "nearest",
    "no_such",
    "parse_time",
    "schema",
    "starter",
]
