"""A stand-in for the WhatsApp Cloud API: a separate ASGI application, spoken to over real HTTP.

Kefu reaches it by base URL only. This package imports nothing of Kefu outside itself, and no Django.
"""
