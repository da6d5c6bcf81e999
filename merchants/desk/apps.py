from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "merchants.desk"
    label = "desk"

    def ready(self):
        from config.kernel import navigation, privacy, sentences, subjects, work_items
        from merchants.accounts.permissions import Permission
        from merchants.desk import duties, jobs, selectors  # noqa: F401  the first two register themselves
        from merchants.desk.sentences import SENTENCES
        from merchants.desk.services import privacy as own
        from merchants.desk.services.duties import FAILING
        from merchants.desk.services.file_imports import REJECTED
        from merchants.desk.services.jobs import PARKED
        from merchants.desk.subscribers import DELIVERY_PARKED  # and registers what is in there

        sentences.add(SENTENCES)
        subjects.add("import", needs=Permission.JOBS_VIEW, find=selectors.import_subjects)
        privacy.add("desk", export=own.export, erase=own.erase)
        work_items.add(
            work_items.Kind(
                REJECTED, _("%(lines)s lines of %(file)s were not taken in: repair them and send them again"), "upload",
                Permission.JOBS_VIEW,
            ),
            work_items.Kind(
                PARKED, _("A job keeps ending its worker: resume it or find out why"), "loader", Permission.JOBS_VIEW
            ),
            work_items.Kind(
                FAILING, _("The duty %(duty)s fails: %(fault)s"), "timer", Permission.PLATFORM_VIEW,
                closes_by_hand=False,
            ),
            work_items.Kind(
                DELIVERY_PARKED, _("%(subscriber)s gave up on %(fact)s: find out why and have it tried again"), "inbox",
                Permission.PLATFORM_VIEW, closes_by_hand=False,
            ),
        )  # fmt: skip
        navigation.add(
            navigation.Entry(84, _("To do"), "list-checks", "desk:work", Permission.WORK_VIEW, covers=("desk:work",)),
            navigation.Entry(
                83, _("Notifications"), "bell", "desk:notifications", Permission.WORK_VIEW,
                covers=("desk:notification",),
            ),
            navigation.Entry(82, _("Imports"), "upload", "desk:imports", Permission.JOBS_VIEW, covers=("desk:import",)),
            navigation.Entry(85, _("Jobs"), "loader", "desk:jobs", Permission.JOBS_VIEW, covers=("desk:job",)),
        )  # fmt: skip
