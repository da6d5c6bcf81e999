"""The page of what a person was told."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.index import Column
from config.kernel.pages import FormPage, IndexPage
from merchants.accounts.permissions import Permission
from merchants.desk import forms, selectors
from merchants.desk.filters import NotificationFilter
from merchants.desk.services import notifications


class NotificationIndex(IndexPage):
    needs = Permission.WORK_VIEW
    template_name = "desk/notification_list.html"
    title = __("Notifications")
    filterset_class = NotificationFilter
    columns = [Column("what", __("What")), Column("made", __("When"), order="made", is_time=True)]
    orders = {"-made": ("-made_at", "-pk"), "made": ("made_at", "pk")}
    empty_text = __("When somebody gives you something to do, you are told here.")

    def rows(self):
        user = getattr(getattr(self, "request", None), "user", None)
        return selectors.notifications(person=user)

    def context(self):
        return super().context() | {"wants_mail": selectors.wants_mail(self.request.user)}


class NotificationAct(FormPage, abstract=True):
    needs = Permission.WORK_VIEW
    template_name = "desk/act.html"
    verb: str

    def context(self):
        return {
            "heading": self.verb, "submit_label": self.verb, "cancel_url": self.index_url,
            "crumbs": [{"label": NotificationIndex.title, "url": self.index_url}],
        }  # fmt: skip

    @property
    def index_url(self) -> str:
        return reverse("desk:notifications", args=[self.merchant.slug])


class NotificationReading(NotificationAct):
    form_class = forms.Confirmation
    verb = __("Mark all as read")

    def act(self, form):
        notifications.read_all(person=self.request.user, now=self.now)
        return self.index_url, _("All is read.")


class NotificationMail(NotificationAct):
    form_class = forms.MailWish
    verb = __("Choose e-mails")

    def initial(self):
        return {"wants_mail": selectors.wants_mail(self.request.user)}

    def act(self, form):
        notifications.choose(person=self.request.user, wants_mail=form.cleaned_data["wants_mail"])
        return self.index_url, _("Your choice was saved.")
