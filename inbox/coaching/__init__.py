"""Learning on the job (PM-4): replies that wait for a mentor, reviews of finished cases, and how somebody gets on."""
