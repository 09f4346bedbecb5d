"""Rollups, measures, alerts, forecasts, exports."""
