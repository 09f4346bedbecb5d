"""Who may do what with people and their rights (PM-1, PM-4, PM-6), and with the log of it all (PM-8)."""

from security.levels import Right

RIGHTS = {
    "security.give_grant": Right("supervisor", trainees=False, high_risk=True),
    "security.review_grant": Right("supervisor", trainees=False, high_risk=True),
    "security.see_health": Right("supervisor", trainees=False),
    "security.lead_trainee": Right("supervisor", trainees=False),
    "security.arrange_work": Right("supervisor", trainees=False),
    "security.see_operations": Right("supervisor", trainees=False),
    "security.export_operations": Right("supervisor", trainees=False, high_risk=True),
    "security.reset_factor": Right("admin", trainees=False, high_risk=True),
    "security.give_duty": Right("admin", trainees=False, high_risk=True),
}
