"""config.yaml -> frozen specs; every mistake is reported together, with line and column."""

from briefing.config.delivery import (
    DeliverSpec,
    FolderSpec,
    MailSpec,
    ScheduleSpec,
    SmtpSpec,
)
from briefing.config.load import CONFIG_NAME, Config, find_config, load_config
from briefing.config.mailbox import read_mailbox
from briefing.config.notes import NoteSpec, PlacedNote, Yardstick
from briefing.config.publishers import PublisherSpec, RegisterSpec, name_key
from briefing.config.reference import configuration_markdown, schema
from briefing.config.specs import (
    FORMATS,
    PROFILES,
    BriefSpec,
    BudgetSpec,
    CondenseSpec,
    DefaultsSpec,
    Format,
    SectionBudget,
    SectionSpec,
    SourceSpec,
    deliverers,
    every_deliverer,
)
from briefing.config.starter import starter
from briefing.config.suggest import nearest, no_such
from briefing.config.times import parse_time
from briefing.config.values import write_span

__all__ = [
    "CONFIG_NAME",
    "FORMATS",
    "PROFILES",
    "BriefSpec",
    "BudgetSpec",
    "CondenseSpec",
    "Config",
    "DefaultsSpec",
    "DeliverSpec",
    "FolderSpec",
    "Format",
    "MailSpec",
    "NoteSpec",
    "PlacedNote",
    "PublisherSpec",
    "RegisterSpec",
    "ScheduleSpec",
    "SectionBudget",
    "SectionSpec",
    "SmtpSpec",
    "SourceSpec",
    "Yardstick",
    "configuration_markdown",
    "deliverers",
    "every_deliverer",
    "find_config",
    "load_config",
    "name_key",
    "nearest",
    "no_such",
    "parse_time",
    "read_mailbox",
    "schema",
    "starter",
    "write_span",
]
