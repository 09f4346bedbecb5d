"""Who may do what with people and their rights (PM-1, PM-4, PM-6), and with the log of it all (PM-8)."""

from django.utils.translation import gettext_lazy as _

from security.levels import Right

RIGHTS = {
    "security.give_grant": Right(
        "supervisor", trainees=False, high_risk=True, held=True, words=_("Give permissions for a time")
    ),
    "security.review_grant": Right("supervisor", trainees=False, high_risk=True, words=_("Review drawn permissions")),
    "security.see_health": Right("supervisor", trainees=False, words=_("See how permissions are used")),
    "security.lead_trainee": Right("supervisor", trainees=False, words=_("Lead trainees")),
    "security.arrange_work": Right("supervisor", trainees=False, words=_("Arrange assignment and work")),
    "security.see_operations": Right("supervisor", trainees=False, words=_("See the operation log")),
    "security.export_operations": Right(
        "supervisor", trainees=False, high_risk=True, held=True, words=_("Export the operation log")
    ),
    "security.make_key": Right("supervisor", trainees=False, high_risk=True, held=True, words=_("Make API keys")),
    "security.reset_factor": Right("admin", trainees=False, high_risk=True, words=_("Reset somebody’s second factor")),
    # What it is used in, Django admin and unlocking accounts, is for admins: given to somebody else it would only leave
    # alarms that nobody may decide.
    "security.handle_alarm": Right(
        "admin",
        trainees=False,
        high_risk=True,
        for_a_time=False,
        words=_("Decide on alarms and change behaviour rules"),
    ),
    "security.give_duty": Right("admin", trainees=False, high_risk=True, held=True, words=_("Give duties")),
}
