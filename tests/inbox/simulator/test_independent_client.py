"""An independent client library drives the simulator over real HTTP, knowing nothing but its address."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pywa import WhatsApp
from pywa.errors import WhatsAppError
from pywa.types import (
    Button,
    Contact,
    FlowButton,
    ImageCarouselCard,
    ProductsSection,
    Section,
    SectionList,
    SectionRow,
    URLButton,
)
from pywa.types.callback import CallPermissionRequestButton, VoiceCallButton
from pywa.types.flows import FlowActionType
from pywa.types.others import Industry
from pywa.types.templates import (
    AuthenticationBody,
    AuthenticationFooter,
    BodyText,
    Buttons,
    CopyCodeOTPButton,
    FooterText,
    HeaderImage,
    HeaderText,
    ParamFormat,
    PhoneNumberButton,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    TemplateStatus,
)
from pywa.types.templates import URLButton as TemplateURLButton

from inbox.simulator import pictures
from inbox.simulator.accounts.health import APP_ID
from tests.inbox.simulator.callback import SECRET, VERIFY_TOKEN, Callback
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.test_media import JPEG, WEBP

Customer = dict[str, Any]
CARDS = [ImageCarouselCard(image="https://x.example/a.png", body=f"Tea {i}", buttons=URLButton("See", "https://x.example/"))
         for i in (1, 2)]  # fmt: skip


@pytest.fixture(scope="module")
def client(shop: Running) -> Iterator[WhatsApp]:
    session = httpx.Client(timeout=10, trust_env=False)
    made = WhatsApp(phone_id=NUMBER, token=TOKEN, session=session, waba_id=WABA, app_id=APP_ID, app_secret=SECRET)
    session.base_url = httpx.URL(f"{shop.url}/v24.0")
    yield made
    session.close()


@pytest.fixture(scope="module", autouse=True)
def flow(shop: Running) -> str:
    return str(shop.sim("POST", "flows", {"waba_id": WABA, "name": "booking", "id": "400000000000001"})["id"])


SENDS: dict[str, Any] = {
    # what it is: (kind stored, how the library sends it)
    "text": ("text", lambda wa, to: wa.send_message(to, "Hello", preview_url=True, tracker="our-1")),
    "buttons": ("interactive", lambda wa, to: wa.send_message(to, "Choose", header="A", footer="B", buttons=[
        Button(title="Yes", callback_data="y"), Button(title="No", callback_data="n")])),
    "list": ("interactive", lambda wa, to: wa.send_message(to, "Choose", buttons=SectionList("Open", [
        Section("Teas", [SectionRow("Sencha", "s", "Light")])]))),
    "link button": ("interactive", lambda wa, to: wa.send_message(
        to, "See", buttons=URLButton("Open", "https://x.example/"))),
    "flow": ("interactive", lambda wa, to: wa.send_message(to, "Book", buttons=FlowButton(
        "Book", flow_id="400000000000001", flow_token="t", flow_action_type=FlowActionType.NAVIGATE,
        flow_action_screen="DATE"))),
    "call button": ("interactive", lambda wa, to: wa.send_message(to, "Call", buttons=VoiceCallButton(title="Call"))),
    "call permission": ("interactive", lambda wa, to: wa.send_message(
        to, "May we?", buttons=CallPermissionRequestButton())),
    "image": ("image", lambda wa, to: wa.send_image(to, JPEG, caption="A mug", mime_type="image/jpeg")),
    "image with a button": ("interactive", lambda wa, to: wa.send_image(
        to, "https://x.example/a.png", caption="A mug", buttons=[Button(title="Yes", callback_data="y")])),
    "video by link": ("video", lambda wa, to: wa.send_video(to, "https://x.example/v.mp4", caption="Film")),
    "document": ("document", lambda wa, to: wa.send_document(
        to, b"%PDF-1.4\n", filename="a.pdf", caption="Bill", mime_type="application/pdf")),
    "audio": ("audio", lambda wa, to: wa.send_audio(to, b"OggS" + bytes(60), mime_type="audio/ogg")),
    "voice": ("audio", lambda wa, to: wa.send_voice(to, b"OggS" + bytes(60), mime_type="audio/ogg")),
    "sticker": ("sticker", lambda wa, to: wa.send_sticker(to, WEBP, mime_type="image/webp")),
    "location": ("location", lambda wa, to: wa.send_location(to, 25.03, 121.56, name="Tea", address="Road 1")),
    "location request": ("interactive", lambda wa, to: wa.request_location(to, "Where?")),
    "contact request": ("interactive", lambda wa, to: wa.request_contact_info(to, "Your number?")),
    "contact": ("contacts", lambda wa, to: wa.send_contact(to, Contact(
        name=Contact.Name(formatted_name="Ann Lin", first_name="Ann"), phones=[Contact.Phone(phone="+12025550143")]))),
    "catalogue": ("interactive", lambda wa, to: wa.send_catalog(to, "All teas", thumbnail_product_sku="tea-1")),
    "product": ("interactive", lambda wa, to: wa.send_product(to, "300000000000001", "tea-1", body="This one")),
    "products": ("interactive", lambda wa, to: wa.send_products(
        to, "300000000000001", [ProductsSection("Green", ["tea-1", "tea-2"])], title="Teas", body="Our teas")),
    "carousel": ("interactive", lambda wa, to: wa.send_carousel(to, body="This week", cards=CARDS)),
    "template": ("template", lambda wa, to: wa.send_template(to, "hello_world", TemplateLanguage.ENGLISH_US, [])),
}  # fmt: skip


@pytest.mark.parametrize("name", SENDS)
def test_it_sends(shop: Running, client: WhatsApp, regular: Customer, name: str) -> None:
    kind, send = SENDS[name]
    sent = send(client, regular["phone"])
    stored = shop.sim("GET", f"customers/{regular['id']}/chats/{NUMBER}")["results"][-1]
    assert (stored["wamid"], stored["kind"], stored["direction"]) == (sent.id, kind, "out")


def test_it_quotes_reacts_and_reads(shop: Running, client: WhatsApp, regular: Customer) -> None:
    quoted = client.send_message(regular["phone"], "Yes", reply_to_message_id=regular["first"])
    chat = shop.sim("GET", f"customers/{regular['id']}/chats/{NUMBER}")["results"]
    assert next(row for row in chat if row["wamid"] == quoted.id)["quoted"]["wamid"] == regular["first"]
    assert client.send_reaction(regular["phone"], "🍵", regular["first"]).id.startswith("wamid.")
    assert client.remove_reaction(regular["phone"], regular["first"]).id.startswith("wamid.")
    assert client.mark_message_as_read(regular["first"]).success
    assert client.indicate_typing(regular["first"]).success


def test_it_reads_refusals(client: WhatsApp, regular: Customer) -> None:
    with pytest.raises(WhatsAppError) as refused:
        client.send_message(regular["phone"], "x" * 4097)
    assert refused.value.code == 100
    with pytest.raises(WhatsAppError) as unknown:
        client.send_template(regular["phone"], "nothing", TemplateLanguage.GERMAN, [])
    assert unknown.value.code == 132001


def test_it_uploads_downloads_and_deletes_media(client: WhatsApp) -> None:
    media = client.upload_media(JPEG, mime_type="image/jpeg", filename="mug.jpg")
    found = client.get_media_url(media.id)
    assert (found.mime_type, found.file_size) == ("image/jpeg", len(JPEG))
    assert client.get_media_bytes(found.url) == JPEG
    assert client.delete_media(media.id).success


def test_it_manages_templates(shop: Running, client: WhatsApp) -> None:
    made = client.create_template(Template(
        name="order_ready", language=TemplateLanguage.ENGLISH_US, category=TemplateCategory.UTILITY,
        parameter_format=ParamFormat.NAMED, components=[
            HeaderText("Order {{ref}}", ref="A-1"), BodyText("Hello {{name}}, your order is ready.", name="Mei"),
            FooterText(text="Tea house"), Buttons(buttons=[
                QuickReplyButton(text="Thanks"),
                TemplateURLButton(text="Track", url="https://x.example/{{1}}", example="a"),
                PhoneNumberButton(text="Call", phone_number="+12025550143")])]))  # fmt: skip
    assert made.status == TemplateStatus.PENDING
    shop.sim("POST", f"templates/{made.id}/review", {"verdict": "APPROVED"})
    read = client.get_template(made.id)
    assert (read.name, read.status, read.category) == ("order_ready", TemplateStatus.APPROVED, TemplateCategory.UTILITY)
    assert [type(part).__name__ for part in read.components] == ["HeaderText", "BodyText", "FooterText", "Buttons"]
    listed = client.get_templates(statuses=[TemplateStatus.APPROVED], name="order_ready")
    assert [row.id for row in listed] == [made.id]
    changed = client.update_template(
        made.id, new_components=[BodyText("Hello {{name}}, it is on its way.", name="Mei")]
    )
    assert changed.success
    assert client.delete_template("order_ready", template_id=made.id).success
    with pytest.raises(WhatsAppError):
        client.get_template(made.id)


def test_it_uploads_a_sample_for_a_template(client: WhatsApp) -> None:
    made = client.create_template(Template(
        name="with_picture", language=TemplateLanguage.ENGLISH_US, category=TemplateCategory.UTILITY,
        components=[HeaderImage(example=pictures.draw("mug", 64), mime_type="image/jpeg"), BodyText("It is ready.")],
    ))  # fmt: skip
    header = client.get_template(made.id).components[0]
    assert isinstance(header, HeaderImage)


def test_it_makes_codes_in_several_languages(client: WhatsApp) -> None:
    # Its own `upsert_authentication_template` encodes the body twice, so its lower layer is asked.
    given: Any = {
        "name": "login_code", "languages": ["en_US", "zh_TW"], "category": "AUTHENTICATION", "components": [
            {"type": "body", "add_security_recommendation": True}, {"type": "footer", "code_expiration_minutes": 5},
            {"type": "buttons", "buttons": [CopyCodeOTPButton().to_dict()]}]}  # fmt: skip
    made = client.api.upsert_message_templates(WABA, given)
    assert [row["language"] for row in made["data"]] == ["en_US", "zh_TW"]
    one = client.create_template(Template(
        name="login_one", language=TemplateLanguage.ENGLISH_US, category=TemplateCategory.AUTHENTICATION,
        components=[AuthenticationBody(add_security_recommendation=True),
                    AuthenticationFooter(code_expiration_minutes=5),
                    Buttons(buttons=[CopyCodeOTPButton(text="Copy")])]))  # fmt: skip
    assert one.category == TemplateCategory.AUTHENTICATION


def test_it_reads_and_changes_number_and_account(shop: Running, client: WhatsApp) -> None:
    number = client.get_business_phone_number()
    assert (number.id, number.display_phone_number) == (NUMBER, "+1 555-010-0001")
    assert [row.id for row in client.get_business_phone_numbers()] == [NUMBER]
    assert client.get_business_account().id == WABA
    assert client.update_business_profile(about="Tea", industry=Industry.RETAIL, websites=["https://x.example"]).success
    profile = client.get_business_profile()
    assert (profile.about, profile.industry) == ("Tea", Industry.RETAIL)
    assert client.update_conversational_automation(ice_breakers=["Where are you?"]).success
    assert client.register_phone_number("246810").success
    assert client.set_username("teahouse")


def test_it_blocks_and_lists(client: WhatsApp, regular: Customer) -> None:
    assert [user.input for user in client.block_users([regular["phone"]]).added_users] == [regular["phone"]]
    # Its reader of this list wants a key which the answer it documents does not have.
    assert [row["wa_id"] for row in client.api.get_blocked_users(NUMBER)["data"]] == [regular["wa_id"]]
    assert client.unblock_users([regular["phone"]]).removed_users


def test_it_sets_overrides(client: WhatsApp) -> None:
    server = Callback()
    assert client.override_waba_callback_url(server.url, VERIFY_TOKEN).success
    assert client.override_phone_callback_url(server.url, VERIFY_TOKEN).success
    assert client.delete_phone_callback_url().success
    assert client.delete_waba_callback_url().success
    server.close()
