from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "merchants.desk"
    label = "desk"

    def ready(self):
        from config.kernel import navigation, privacy, queues, sentences, slots, subjects, views, work_items
        from merchants.accounts.permissions import Permission as P
        from merchants.desk import duties, jobs, selectors  # noqa: F401  the first two register themselves
        from merchants.desk.pages.panels import help_panel, jobs_panel, search_panel, tray
        from merchants.desk.pages.views import shelf
        from merchants.desk.queues import KINDS, QUEUE
        from merchants.desk.sentences import SENTENCES
        from merchants.desk.services import privacy as own
        from merchants.desk.services.duties import FAILING
        from merchants.desk.subscribers import DELIVERY_PARKED  # and registers what is in there

        sentences.add(SENTENCES)
        views.keep_by(shelf)
        subjects.add("import", needs=P.JOBS_VIEW, find=selectors.import_subjects)
        slots.fill("shell.search", slots.Panel("desk/_search.html", search_panel, P.WORK_VIEW))
        slots.fill("shell.help", slots.Panel("desk/_help.html", help_panel, P.WORK_VIEW))
        slots.fill("shell.dialogs", slots.Panel("desk/_keys_dialog.html", help_panel, P.WORK_VIEW))
        slots.fill("shell.tools", slots.Panel("desk/_tray.html", tray, P.JOBS_VIEW))
        slots.fill("desk.home.jobs", slots.Panel("desk/_jobs.html", jobs_panel, P.JOBS_VIEW))
        queues.add(QUEUE)
        privacy.add("desk", export=own.export, erase=own.erase)
        work_items.add(
            *KINDS,
            work_items.Kind(
                FAILING, _("The duty %(duty)s fails: %(fault)s"), "timer", P.PLATFORM_VIEW, closes_by_hand=False
            ),
            work_items.Kind(
                DELIVERY_PARKED, _("%(subscriber)s gave up on %(fact)s: find out why and have it tried again"), "inbox",
                P.PLATFORM_VIEW, closes_by_hand=False,
            ),
        )  # fmt: skip
        self._lead_to(navigation.Entry, navigation.add, P)

    def _lead_to(self, entry, add, P):
        add(
            entry(1, _("Home"), "house", "shop", P.WORK_VIEW, on_phone=True, key="h"),
            entry(84, _("To do"), "list-checks", "desk:work", P.WORK_VIEW, covers=("desk:work",), key="t"),
            entry(
                83, _("Notifications"), "bell", "desk:notifications", P.WORK_VIEW, covers=("desk:notification",),
                key="n",
            ),
            entry(
                86, _("Recent changes"), "undo-2", "desk:changes", P.WORK_VIEW, covers=("desk:change",)
            ),
            entry(82, _("Imports"), "upload", "desk:imports", P.JOBS_VIEW, covers=("desk:import",), key="i"),
            entry(85, _("Jobs"), "loader", "desk:jobs", P.JOBS_VIEW, covers=("desk:job",), key="j"),
        )  # fmt: skip
