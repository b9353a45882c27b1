"""What a key may do, by name."""

from governance.rules.scopes import ALL_SCOPES, BOT_SCOPES, Scope


def test_each_right_has_a_name_of_its_own():
    assert len({scope.value for scope in Scope}) == len(Scope)
    assert set(ALL_SCOPES) == set(Scope)


def test_a_bot_may_not_configure_nor_say_who_is_who_unless_it_is_asked_for():
    assert not {Scope.CONFIGURE, Scope.LINK, Scope.READ_SUBJECTS} & set(BOT_SCOPES)


def test_a_bot_may_do_its_loop():
    assert {Scope.REMEMBER, Scope.RECALL, Scope.READ, Scope.FORGET} <= set(BOT_SCOPES)


def test_a_form_can_offer_every_right():
    assert [value for value, _ in Scope.choices()] == [scope.value for scope in Scope]


def test_a_name_fits_its_column():
    assert all(len(scope.value) <= 32 for scope in Scope)
