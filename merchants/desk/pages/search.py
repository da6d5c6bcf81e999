"""Finding anything: a page of its own, and what the palette asks for."""

from django.shortcuts import redirect

from config.kernel import finding, queues
from config.kernel.pages import Page
from merchants.accounts.permissions import Permission

LONGEST = 4_000


class Search(Page):
    """A text that names one thing leads to it at once; the palette is told what there is, without the frame."""

    needs = Permission.WORK_VIEW
    template_name = "desk/search.html"

    def load(self):
        self.text = self.request.GET.get("q", "")[:LONGEST].strip()
        asked = queues.Asked(self.actor, self.request.user, self.merchant, self.now)
        self.found = finding.find(asked, self.text)

    def get(self, request, **_):
        if request.headers.get("HX-Target") == "palette-list":
            self.template_name = "desk/_palette.html"
        elif self.found.exact:
            return redirect(self.found.exact.url)
        return self.show()

    def context(self):
        return {"found": self.found, "text": self.text}
