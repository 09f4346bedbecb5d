"""When the background tasks that come round run. Those with ``expires`` are worthless once the next one is due."""

from celery.schedules import crontab

SCHEDULE = {
    "sweep": {"task": "inbox.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "housekeep": {"task": "inbox.tasks.housekeep", "schedule": 3600.0},
    "purge-bin": {"task": "inbox.tasks.purge_bin", "schedule": 300.0},
    "prune-stream": {"task": "security.prune_stream", "schedule": 3600.0},
    "settle-absences": {"task": "security.settle_absences", "schedule": 10.0, "options": {"expires": 10}},
    "seal-operations": {"task": "security.seal_operations", "schedule": 60.0, "options": {"expires": 60}},
    "watch-behaviour": {"task": "security.watch_behaviour", "schedule": 5.0, "options": {"expires": 5}},
    "remind-selfcheck": {"task": "security.remind_selfcheck", "schedule": 3600.0},
    "run-drills": {"task": "security.run_drills", "schedule": 60.0, "options": {"expires": 60}},
    "run-reviews": {"task": "security.run_reviews", "schedule": 300.0},
    "settle-keys": {"task": "security.settle_keys", "schedule": 300.0},
    "exchange": {"task": "contacts.sweep_exchange", "schedule": 10.0, "options": {"expires": 10}},
    "forget-exchange": {"task": "contacts.forget_exchange", "schedule": 3600.0},
    "privacy": {"task": "contacts.carry_on", "schedule": 60.0, "options": {"expires": 60}},
    "rules": {"task": "contacts.sweep_rules", "schedule": 5.0, "options": {"expires": 5}},
    "record-segment-sizes": {"task": "contacts.record_segment_sizes", "schedule": 3600.0},
    "retention": {"task": "inbox.tasks.retain", "schedule": crontab(hour="17-21", minute=30)},
    "count-keywords": {"task": "inbox.tasks.count_keywords", "schedule": 900.0, "options": {"expires": 900}},
    "tidy-numbers": {"task": "contacts.tidy_numbers", "schedule": crontab(hour=18, minute=10)},
    "settle-api-keys": {"task": "security.settle_api_keys", "schedule": 3600.0},
    "pack-search": {"task": "security.pack_search", "schedule": 3600.0},
    "end-idle-sessions": {"task": "security.end_idle_sessions", "schedule": 30.0, "options": {"expires": 30}},
    "send-due-mails": {"task": "security.send_due_mails", "schedule": 10.0, "options": {"expires": 10}},
    "settle-tiers": {"task": "security.settle_tiers", "schedule": 30.0, "options": {"expires": 30}},
    "settle-grants": {"task": "security.settle_grants", "schedule": 60.0, "options": {"expires": 60}},
}
