"""How much an account event matters to those who run the number."""

from inbox.whatsapp import wire_account as wire

INFO, WARNING, CRITICAL = "info", "warning", "critical"
_GRAVE_UPDATES = {"DISABLED_UPDATE", "ACCOUNT_DELETED", "ACCOUNT_RESTRICTION"}
_UNWELCOME_UPDATES = {
    "ACCOUNT_VIOLATION",
    "PARTNER_REMOVED",
    "PARTNER_APP_UNINSTALLED",
    "ACCOUNT_OFFBOARDED",
}
_UNWELCOME_STATES = {"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "LIMIT_EXCEEDED", "LOCKED"}
_ALERTS = {"CRITICAL": CRITICAL, "WARNING": WARNING}


def severity_of(news: wire.News) -> str:
    """``info``, ``warning`` (somebody should look) or ``critical`` (sending is or will be affected)."""
    if isinstance(news, wire.AccountUpdate):
        if news.event in _GRAVE_UPDATES:
            return INFO if news.ban == "REINSTATE" else CRITICAL
        return WARNING if news.event in _UNWELCOME_UPDATES else INFO
    if isinstance(news, wire.AccountAlert):
        return _ALERTS.get(news.severity, INFO) if news.status != "NONE" else INFO
    if isinstance(news, wire.PlatformError | wire.SecurityNotice):
        return WARNING
    unwelcome = (
        (isinstance(news, wire.TemplateStatus) and news.event in _UNWELCOME_STATES)
        or (isinstance(news, wire.TemplateQuality) and news.after == "RED")
        or (isinstance(news, wire.TemplateCategory) and bool(news.coming or news.before))
        or (isinstance(news, wire.NumberQuality) and news.event in ("FLAGGED", "DOWNGRADE"))
        or (isinstance(news, wire.NumberName | wire.AccountReview) and news.decision == "REJECTED")
        or (isinstance(news, wire.Handover) and news.event == "control_taken")
        or (isinstance(news, wire.FlowNotice) and news.event != "FLOW_STATUS_CHANGE")
        or (isinstance(news, wire.HistoryProgress) and bool(news.code))
    )
    return WARNING if unwelcome else INFO


def event_of(news: wire.News) -> str:
    """The one word that tells what happened, as Meta spells it; empty where there is none."""
    match news:
        case wire.TemplateStatus() | wire.NumberQuality() | wire.AccountUpdate() | wire.SecurityNotice():
            return news.event
        case wire.FlowNotice() | wire.Handover():
            return news.event
        case wire.TemplateQuality() | wire.TemplateCategory():
            return news.after
        case wire.NumberName() | wire.AccountReview():
            return news.decision
        case wire.AccountAlert():
            return news.kind
        case wire.Preference():
            return news.value
        case wire.PaymentConfiguration() | wire.UsernameNotice():
            return news.status
        case wire.PlatformError():
            return news.code
        case wire.HistoryProgress():
            return news.code or f"{news.percent} %"
        case _:
            return ""
