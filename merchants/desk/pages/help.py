"""Help at one place: keys, and how things are found."""

from config.kernel import keys
from config.kernel.pages import Page
from merchants.accounts.permissions import Permission


class Help(Page):
    needs = Permission.WORK_VIEW
    template_name = "desk/help.html"

    def load(self):
        if self.request.headers.get("HX-Target") == "keys-dialog":
            self.template_name = "desk/_keys.html"

    def context(self):
        return {"groups": keys.groups(self.actor)}
