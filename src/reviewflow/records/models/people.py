"""Accounts, sections, roles and sign-ins."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Section(models.Model):
    """A section (科室) of the office."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """An account. ``name`` is what stands on signatures; failures and lock-out are kept with it."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role given to a person, for a section where it is the section's, for days where it is a stand-in's."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20)
    section = models.ForeignKey(Section, models.PROTECT, null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    stand_in_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_by = models.CharField(max_length=60)
    granted_at = models.DateTimeField()


class SignIn(models.Model):
    """A signed-in terminal: the digest of its token, until when it is good, and whether it was ended."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    token_digest = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A person's token for the JSON interface: digest, what it may do, until when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    token_digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
