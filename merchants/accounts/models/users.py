from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.kernel.personal import personal
from merchants.accounts.states import Density

SIGNING_IN = "signing in and being told apart by colleagues"


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=self.model.normal_email(email))


class User(AbstractBaseUser):
    """A person who works for one merchant, several, or the operator. What they may is in their memberships."""

    email = personal(models.EmailField(_("e-mail"), unique=True), kind="contact", purpose=SIGNING_IN)
    name = personal(
        models.CharField(pgettext_lazy("person", "name"), max_length=80), kind="identity", purpose=SIGNING_IN
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    density = models.CharField(max_length=10, choices=Density, default=Density.STANDARD)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower"),
            models.CheckConstraint(condition=models.Q(density__in=Density.values), name="user_density_known"),
        ]

    def __str__(self):
        return self.name or self.email

    @staticmethod
    def normal_email(email: str) -> str:
        return email.strip().lower()

    def clean(self):
        super().clean()
        self.email = self.normal_email(self.email)

    @property
    def initials(self) -> str:
        words = self.name.split()
        if not self.name or not self.name.isascii():
            return self.name[:1]
        return "".join(word[0] for word in words[:2]).upper()

    # Django's own admin asks these; ours asks the permission map (config/kernel has the doorkeeper's actor)

    @property
    def is_staff(self) -> bool:
        return False

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, permission, obj=None) -> bool:
        return False

    def has_module_perms(self, app_label) -> bool:
        return False
