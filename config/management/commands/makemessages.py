"""Django's collector of texts: `manage.py makemessages`, then translate, then `manage.py compilemessages`."""

from django.core.management.commands import makemessages

OURS = {
    "locale": ["zh_Hans"], "ignore_patterns": [".venv", ".data", "tests"], "no_wrap": True, "no_obsolete": True,
    "add_location": "file",
}  # fmt: skip


class Command(makemessages.Command):
    """Knows `__`, our name for the lazy gettext, and what one would have to type each time."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=__"]

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(**OURS)
