"""Which shops Kefu can ask."""

from collections.abc import Callable, Mapping

from contacts.exchange.shops.protocol import Shop, ShopAddress
from contacts.exchange.shops.shopify import Shopify
from contacts.exchange.shops.woocommerce import WooCommerce

# By the kind of a source; and the credentials each needs.
SHOPS: Mapping[str, Callable[[ShopAddress], Shop]] = {"shopify": Shopify, "woocommerce": WooCommerce}
NEEDED: Mapping[str, tuple[str, ...]] = {"shopify": ("token",), "woocommerce": ("key", "secret")}
