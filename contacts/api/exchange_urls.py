"""What other systems write, and what they and the people of Kefu read of it."""

from django.urls import path

from contacts.api.exchange import (
    ContactOrdersView,
    ContactPurchasesView,
    ContactsUpsertView,
    OrdersUpsertView,
    OrdersView,
    OrderView,
    ProductsUpsertView,
    ProductsView,
)
from contacts.api.exchange_settings import (
    DeliveriesView,
    HooksView,
    KindsView,
    RedeliverView,
    SourceReadView,
    SourceSecretView,
    SourcesView,
    SourceView,
    SubscriptionSecretView,
    SubscriptionsView,
    SubscriptionTestView,
    SubscriptionView,
)

urlpatterns = [
    path("contacts/upsert", ContactsUpsertView.as_view()),
    path("contacts/<uuid:contact_id>/orders", ContactOrdersView.as_view()),
    path("contacts/<uuid:contact_id>/purchases", ContactPurchasesView.as_view()),
    path("orders", OrdersView.as_view()),
    path("orders/upsert", OrdersUpsertView.as_view()),
    path("orders/<uuid:order_id>", OrderView.as_view()),
    path("products", ProductsView.as_view()),
    path("products/upsert", ProductsUpsertView.as_view()),
    path("exchange/kinds", KindsView.as_view()),
    path("exchange/sources", SourcesView.as_view()),
    path("exchange/sources/<uuid:source_id>", SourceView.as_view()),
    path("exchange/sources/<uuid:source_id>/secret", SourceSecretView.as_view()),
    path("exchange/sources/<uuid:source_id>/read", SourceReadView.as_view()),
    path("exchange/sources/<uuid:source_id>/hooks", HooksView.as_view()),
    path("exchange/subscriptions", SubscriptionsView.as_view()),
    path("exchange/subscriptions/<uuid:subscription_id>", SubscriptionView.as_view()),
    path("exchange/subscriptions/<uuid:subscription_id>/secret", SubscriptionSecretView.as_view()),
    path("exchange/subscriptions/<uuid:subscription_id>/test", SubscriptionTestView.as_view()),
    path("exchange/subscriptions/<uuid:subscription_id>/deliveries", DeliveriesView.as_view()),
    path("exchange/subscriptions/<uuid:subscription_id>/redeliver", RedeliverView.as_view()),
]
