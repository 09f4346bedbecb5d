"""What a level gives, and that nothing of it stays when somebody has another one."""

from guardian.shortcuts import assign_perm

from security.access import access_of
from security.actions.levels import set_level
from security.levels import permissions_of
from security.models import User
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.threads import thread


def test_a_demoted_admin_keeps_nothing(cast: Cast):
    assert cast.ana.is_staff and cast.ana.is_superuser
    assert cast.access("ana").permissions == permissions_of("admin")
    set_level(by=BY, user=cast.dee, level="admin")  # the last one must stay
    set_level(by=BY, user=cast.ana, level="observer")
    ana = User.objects.get(pk=cast.ana.pk)
    assert not ana.is_staff and not ana.is_superuser
    assert access_of(ana).permissions == permissions_of("observer")


def test_a_promoted_agent_may_open_django_admin(cast: Cast):
    set_level(by=BY, user=cast.ben, level="admin")
    ben = User.objects.get(pk=cast.ben.pk)
    assert ben.is_staff and ben.is_superuser and access_of(ben).level == "admin"


def test_without_a_level_even_a_superuser_may_do_nothing(cast: Cast):
    User.objects.filter(pk=cast.ana.pk).update(is_superuser=True)
    cast.ana.groups.clear()
    access = cast.access("ana")
    assert (access.level, access.permissions) == ("observer", frozenset())


def test_only_a_grant_to_see_is_sight(cast: Cast):
    talk = thread(channel(cast.asia))
    for permission, on in (("inbox.reply_conversation", talk), ("security.change_region", cast.asia)):
        assign_perm(permission, cast.cho, on)
    access = cast.access("cho")
    assert access.granted == {} and cast.asia.pk not in access.region_ids
    assign_perm("inbox.see_conversation", cast.cho, talk)
    assign_perm("security.view_region", cast.cho, cast.asia)
    access = cast.access("cho")
    assert access.granted["inbox.conversation"] == {str(talk.pk)} and cast.asia.pk in access.region_ids
