"""One product, several, or the whole catalog (Meta: product messages). Products are named by the seller's own ids."""

from typing import Any

from inbox.whatsapp.kinds.part import Part, Unfit, some
from inbox.whatsapp.limits import ID_MAX, PRODUCTS, RETAILER_ID_MAX

Content = dict[str, Any]


def check_product(part: Part) -> Content:
    """``{catalog_id, product}``"""
    return {"catalog_id": part.text("catalog_id", ID_MAX), "product": part.text("product", RETAILER_ID_MAX)}


def product_action(content: Content) -> Content:
    return {"catalog_id": content["catalog_id"], "product_retailer_id": content["product"]}


def check_products(part: Part) -> Content:
    """``{catalog_id, sections: [{title, products: [id]}]}``; at most thirty products in all."""
    sections = []
    for section in part.children("sections", 1, PRODUCTS["sections"]):
        products = section.items("products", 1, PRODUCTS["most"])
        for index, product in enumerate(products):
            if not isinstance(product, str) or not 0 < len(product.strip()) <= RETAILER_ID_MAX:
                raise Unfit("invalid", f"{section.at}.products.{index}")
        title = section.text("title", PRODUCTS["section_title"])
        sections.append({"title": title, "products": [product.strip() for product in products]})
    if sum(len(section["products"]) for section in sections) > PRODUCTS["most"]:
        raise part.unfit("too_many", "sections", PRODUCTS["most"])
    return {"catalog_id": part.text("catalog_id", ID_MAX), "sections": sections}


def products_action(content: Content) -> Content:
    sections = [
        {
            "title": section["title"],
            "product_items": [{"product_retailer_id": product} for product in section["products"]],
        }
        for section in content["sections"]
    ]
    return {"catalog_id": content["catalog_id"], "sections": sections}


def check_catalog(part: Part) -> Content:
    """``{product?}``: whose picture stands for the catalog."""
    return some(product=part.maybe("product", RETAILER_ID_MAX))


def catalog_action(content: Content) -> Content:
    product = content.get("product")
    parameters = {"parameters": {"thumbnail_product_retailer_id": product}} if product else {}
    return {"name": "catalog_message", **parameters}
