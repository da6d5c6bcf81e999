"""How people sign in: by e-mail, with accounts that a merchant or the operator makes for them."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Nobody signs up by themselves: whoever runs a shop adds its people."""
        return False

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if user.language:
            response.set_cookie("django_language", user.language, max_age=365 * 24 * 3600, samesite="Lax")
        return response
