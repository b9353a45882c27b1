"""Creates a member of staff, or gives one a role in a further organization."""

import os
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from governance import staff
from governance.management import arguments
from governance.models import Organization
from governance.models.access import Role

PASSWORD_VARIABLE = "STAFF_PASSWORD"  # noqa: S105 - the variable's name


class Command(BaseCommand):
    """`create_staff --username mona --organization acme --role PRIVACY_OFFICER`."""

    help = f"Create a member of staff; the password is {PASSWORD_VARIABLE}, or random and printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, where, as what."""
        parser.add_argument("--username", required=True)
        parser.add_argument("--organization", required=True, type=arguments.slug)
        parser.add_argument("--role", required=True, choices=Role.values)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Create the account if it is missing, and appoint."""
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None:
            raise CommandError(
                f"There is no organization {options['organization']}; create_namespace makes one."
            )
        with transaction.atomic():
            user, password = _account(options["username"])
            staff.appoint(user, organization=organization, role=Role(options["role"]))
        self.stdout.write(f"{user.username} is {options['role']} of {organization.slug}.")
        if password:
            self.stdout.write(f"Password, shown this once: {password}")


def _account(username: str) -> tuple[User, str]:
    """The account, and its password if that was made up here."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    user = User.objects.filter(username=username).first()
    if user is not None:
        # Whoever has an account keeps their password.
        return user, ""
    password = given or staff.new_password()
    try:
        User.username_validator(username)
        validate_password(password, User(username=username))
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return staff.create_account(username, password=password), "" if given else password
