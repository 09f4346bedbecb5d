"""One message of each kind: the body for our API, and what WhatsApp is sent under the name of its type."""

from typing import Any

CARD = {"name": "Ana Stone", "phones": ["+1 202 555 0100"], "emails": ["ana@example.com"], "company": "Tea & Co"}
ROWS = [{"id": f"r{n}", "title": f"Row {n}", "description": "about it"} for n in range(10)]
ORDER = {
    "reference_id": "A-1", "type": "physical-goods", "currency": "INR", "total_amount": {"value": 2600, "offset": 100},
    "payment_type": "upi", "payment_configuration": "shop",
    "order": {
        "status": "pending", "items": [{"name": "Tea", "amount": {"value": 1250, "offset": 100}, "quantity": 2}],
        "subtotal": {"value": 2500, "offset": 100}, "tax": {"value": 100, "offset": 100},
    },
}  # fmt: skip


def interactive(kind: str, **parts: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "text": "Please", **parts}}


def template(*components: dict[str, Any]) -> dict[str, Any]:
    given = {"name": "hello_world", "language": "en_US", "components": list(components)}
    return {"type": "template", "template": given}


# body → what WhatsApp is sent under the name of its type
KINDS: dict[str, tuple[dict[str, Any], Any]] = {
    "text without a preview": (
        {"type": "text", "text": "https://example.com", "preview_url": False},
        {"body": "https://example.com", "preview_url": False},
    ),
    "contacts": (
        {"type": "contacts", "contacts": [CARD]},
        [
            {
                "name": {"formatted_name": "Ana Stone", "first_name": "Ana Stone"},
                "phones": [{"phone": "+1 202 555 0100", "type": "CELL", "wa_id": "12025550100"}],
                "emails": [{"email": "ana@example.com", "type": "WORK"}],
                "org": {"company": "Tea & Co"},
            }
        ],
    ),
    "buttons": (
        interactive("button", header="Tea", footer="Shop", buttons=[{"title": "Yes"}, {"id": "n", "title": "No"}]),
        {
            "type": "button",
            "header": {"type": "text", "text": "Tea"},
            "body": {"text": "Please"},
            "footer": {"text": "Shop"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "button-1", "title": "Yes"}},
                    {"type": "reply", "reply": {"id": "n", "title": "No"}},
                ]
            },
        },
    ),
    "list": (
        interactive("list", button="Choose", sections=[{"title": "Teas", "rows": ROWS}]),
        {
            "type": "list",
            "body": {"text": "Please"},
            "action": {"button": "Choose", "sections": [{"title": "Teas", "rows": ROWS}]},
        },
    ),
    "link": (
        interactive("cta_url", label="Open", url="https://example.com/a?b=c"),
        {
            "type": "cta_url",
            "body": {"text": "Please"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Open", "url": "https://example.com/a?b=c"},
            },
        },
    ),
    "location request": (
        interactive("location_request_message"),
        {"type": "location_request_message", "body": {"text": "Please"}, "action": {"name": "send_location"}},
    ),
    "number request": (
        interactive("request_contact_info"),
        {"type": "request_contact_info", "body": {"text": "Please"}, "action": {"name": "request_contact_info"}},
    ),
    "product": (
        interactive("product", catalog_id="77", product="SKU-1"),
        {
            "type": "product",
            "body": {"text": "Please"},
            "action": {"catalog_id": "77", "product_retailer_id": "SKU-1"},
        },
    ),
    "products": (
        interactive(
            "product_list", header="Teas", catalog_id="77", sections=[{"title": "Green", "products": ["A", "B"]}]
        ),
        {
            "type": "product_list",
            "header": {"type": "text", "text": "Teas"},
            "body": {"text": "Please"},
            "action": {
                "catalog_id": "77",
                "sections": [
                    {
                        "title": "Green",
                        "product_items": [{"product_retailer_id": "A"}, {"product_retailer_id": "B"}],
                    }
                ],
            },
        },
    ),
    "catalog": (
        interactive("catalog_message", product="SKU-1"),
        {
            "type": "catalog_message",
            "body": {"text": "Please"},
            "action": {"name": "catalog_message", "parameters": {"thumbnail_product_retailer_id": "SKU-1"}},
        },
    ),
    "flow": (
        interactive("flow", flow={"id": "123", "label": "Book", "token": "t-1", "screen": "FIRST", "data": {"a": 1}}),
        {
            "type": "flow",
            "body": {"text": "Please"},
            "action": {
                "name": "flow",
                "parameters": {
                    "flow_message_version": "3",
                    "flow_id": "123",
                    "flow_cta": "Book",
                    "flow_token": "t-1",
                    "mode": "published",
                    "flow_action": "navigate",
                    "flow_action_payload": {"screen": "FIRST", "data": {"a": 1}},
                },
            },
        },
    ),
    "order to pay": (
        interactive("order_details", order=ORDER),
        {
            "type": "order_details",
            "body": {"text": "Please"},
            "action": {"name": "review_and_pay", "parameters": ORDER},
        },
    ),
    "order state": (
        interactive("order_status", order={"reference_id": "A-1", "order": {"status": "shipped"}}),
        {
            "type": "order_status",
            "body": {"text": "Please"},
            "action": {"name": "review_order", "parameters": {"reference_id": "A-1", "order": {"status": "shipped"}}},
        },
    ),
}
