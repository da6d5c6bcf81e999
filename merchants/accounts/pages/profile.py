"""A person's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from merchants.accounts.forms import Profile
from merchants.accounts.services import users
from merchants.accounts.sign_in import remember_language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """How one is called and what one reads; the ways to e-mail, password and second factor."""
    user = request.user
    shown = {"name": user.name, "language": user.language or translation.get_language()}
    form = Profile(request.POST or None, initial=shown)
    if not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)
    users.introduce(user=user, **form.cleaned_data)
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Your changes were saved."))
    return remember_language(redirect("profile"), form.cleaned_data["language"])
