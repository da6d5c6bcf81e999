"""Forms of the platform's desk."""

from django import forms


class Confirmation(forms.Form):
    """Nothing to fill in."""
