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

urlpatterns = [
    path("contacts/upsert", ContactsUpsertView.as_view()),
    path("contacts/<uuid:contact_id>/orders", ContactOrdersView.as_view()),
    path("contacts/<uuid:contact_id>/purchases", ContactPurchasesView.as_view()),
    path("orders", OrdersView.as_view()),
    path("orders/upsert", OrdersUpsertView.as_view()),
    path("orders/<uuid:order_id>", OrderView.as_view()),
    path("products", ProductsView.as_view()),
    path("products/upsert", ProductsUpsertView.as_view()),
]
