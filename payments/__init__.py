"""Payment orders, gateways, refunds, fraud rules, reconciliation."""
