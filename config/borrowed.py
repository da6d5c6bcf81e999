"""Texts of the libraries that people meet on our pages and that we say in words of our own: kept here to be found.

Each is the library's own text, letter by letter; our catalog of translations is asked before theirs.
"""

from django.utils.translation import gettext_noop as _

DJANGO = [
    _("This field is required."),
    _("Enter a valid email address."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
]
ALLAUTH = [
    _("Email"),
    _("Authenticator code"),
    _("Current Password"),
    _("New Password"),
    _("Incorrect code."),
    _("Incorrect password."),
    _("This account is currently inactive."),
    _("The email address and/or password you specified are not correct."),
    _("This email address is already associated with this account."),
    _("A user is already registered with this email address."),
    _("The new value must be different from the current one."),
    _("The password reset token was invalid."),
    _("Be patient, you are sending too many requests."),
    _("Too many failed login attempts. Try again later."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("Removed email address %(email)s."),
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    _("Primary email address set."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Password successfully set."),
    _("Password successfully changed."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("A new set of recovery codes has been generated."),
    _("Password Reset Email"),
    _("Please Confirm Your Email Address"),
    _("Unknown Account"),
    _("Email Changed"),
    _("Email Removed"),
]
