"""Makes the demo world on an empty database: first what the shop is, then two months of what happened in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.utils import timezone

from contacts.models import Contact
from inbox.demo.accounts import BY, add_people, let_in_by_password
from inbox.demo.address_book import annotate, recognise
from inbox.demo.agreeing import add_agreements
from inbox.demo.attachments import attach_all, draw_ahead
from inbox.demo.colleagues import colleagues_talk
from inbox.demo.compose import Episode, compose
from inbox.demo.customers import Customer, invent_customers
from inbox.demo.history import play_out
from inbox.demo.keywords import ask_about_parcels, follow_parcels
from inbox.demo.knowing import add_details
from inbox.demo.learning import add_learning
from inbox.demo.material import material
from inbox.demo.past import Past
from inbox.demo.phone import fill_simulator
from inbox.demo.plan import Plan, plan_conversations
from inbox.demo.purchases import add_purchases
from inbox.demo.reading import read_marks
from inbox.demo.rights import arrange_rights
from inbox.demo.risky import choose_risky, raise_risky
from inbox.demo.ruling import switch_rules_on
from inbox.demo.shopfront import add_canned_replies, add_channels, add_regions, arrange_work
from inbox.demo.together import look_through_warnings, work_together
from inbox.models import Assignment, Case, Channel, Conversation, Media, Message, Reaction, ReadMark, Resolution
from inbox.simulator.chance import Chance
from security.actions.behaviour import let_rules_only_tell
from security.actions.search import index_missing
from security.models import Membership, Region, User
from security.writing import write

SEED = 20_251_136


@dataclass(frozen=True)
class Story:
    """One conversation to come, with everything that will be said in it."""

    plan: Plan
    episodes: list[Episode]

    @property
    def spoke(self) -> list[datetime]:
        return [line.moment for episode in self.episodes for line in episode.lines if line.side == "in"]


def seed_demo_world() -> int:
    """Returns how many messages there are. The caller made sure that nobody exists yet."""
    now = timezone.now()
    rng = Random(SEED)
    stories = write_stories(now=now, rng=rng)
    draw_ahead(line.file for story in stories for episode in story.episodes for line in episode.lines if line.file)
    with write(by=BY):
        regions = add_regions()
        people = add_people(regions, material("shop")["people"])
        let_in_by_password()
        arrange_work(regions, people)
        channels = add_channels(regions, now=now, rng=rng)
        add_canned_replies(regions, people, now=now)
        contacts = _meet(stories, channels, people, now=now, rng=rng)
        pasts = _live(stories, channels, contacts, people, now=now, rng=rng)
        risky = choose_risky(pasts)
        ask_about_parcels([past for past in pasts if past is not risky], now=now)
        _save(stories, pasts, now=now, rng=rng)
        raise_risky(risky)
        for region in regions.values():
            index_missing(region=region, report=lambda name, done: None)
    # From here on each deed is its doer's, in the log and in what others are told.
    arrange_rights(people)
    work_together(regions, people, now=now)
    add_learning(people, now=now)
    switch_rules_on(people)
    _know_customers(people, regions, now=now)
    look_through_warnings(now=now)
    colleagues_talk(people)
    follow_parcels(people, regions["asia"])
    fill_simulator(channels.values(), [(story.plan.customer, past) for story, past in zip(stories, pasts, strict=True)])
    let_rules_only_tell(by=BY)
    return sum(len(past.messages) for past in pasts)


def _know_customers(people: Mapping[str, User], regions: Mapping[str, Region], *, now: datetime) -> None:
    add_agreements(people, regions, now=now)
    add_purchases(regions, now=now)
    add_details(people, regions, now=now)


def write_stories(*, now: datetime, rng: Random) -> list[Story]:
    """Everything that was said, before anybody's row exists; oldest conversation first."""
    shop = material("shop")
    customers = {region["code"]: invent_customers(region, rng) for region in shop["regions"]}
    plans = plan_conversations(shop["channels"], customers, now=now, rng=rng)
    stories = [Story(plan, compose(plan, rng)) for plan in plans]
    return sorted(stories, key=lambda story: story.spoke[0])


def _meet(
    stories: list[Story], channels: Mapping[str, Channel], people: Mapping[str, User], *, now: datetime, rng: Random
) -> dict[tuple[str, str], Contact]:
    """Contacts by channel key and customer key."""
    found: dict[tuple[str, str], Contact] = {}
    persons: dict[str, Customer] = {}
    spoke: dict[str, list[datetime]] = {}
    for story in stories:
        persons[story.plan.customer.key] = story.plan.customer
        spoke.setdefault(story.plan.customer.key, []).extend(story.spoke)
    for key, channel in channels.items():
        writers = {story.plan.customer.key for story in stories if story.plan.channel["key"] == key}
        times = {name: (persons[name], min(spoke[name]), max(spoke[name])) for name in sorted(writers)}
        found |= {(key, name): contact for name, contact in recognise(channel, times).items()}
    shares = material("shop")["shares"]
    authors = {region: [people[name].pk for name in names] for region, names in shares.items()}
    once = {contact.pk: (persons[name], contact) for (_, name), contact in found.items()}
    annotate(list(once.values()), authors, now=now, rng=rng)
    return found


def _live(
    stories: list[Story],
    channels: Mapping[str, Channel],
    contacts: Mapping[tuple[str, str], Contact],
    people: Mapping[str, User],
    *,
    now: datetime,
    rng: Random,
) -> list[Past]:
    ids = {name: person.pk for name, person in people.items()}
    wamids = Chance(SEED)
    pasts = []
    for story in stories:
        channel = channels[story.plan.channel["key"]]
        customer = story.plan.customer
        began = story.spoke[0]
        conversation = Conversation(
            region_id=channel.region_id,
            channel=channel,
            contact=contacts[story.plan.channel["key"], customer.key],
            last_activity_at=began,
            created_at=began,
        )
        recipient = customer.bsuid if customer.hidden else customer.wa_id
        past = Past(conversation, recipient=recipient, ids=wamids, now=now)
        play_out(past, story.plan, story.episodes, ids=ids, now=now, rng=rng)
        pasts.append(past)
    return pasts


def _save(stories: list[Story], pasts: list[Past], *, now: datetime, rng: Random) -> None:
    """Each table in one go; conversations name their last message, which the database checks at the end only."""
    readers: dict[int, list[int]] = {}
    for user_id, region_id in Membership.objects.values_list("user_id", "region_id"):
        readers.setdefault(region_id, []).append(user_id)
    for past in pasts:
        past.conversation.answer_count = sum(row.direction == "out" and row.kind != "reaction" for row in past.messages)
    Conversation.objects.bulk_create([past.conversation for past in pasts])
    Case.objects.bulk_create([case for past in pasts for case in past.cases])
    Assignment.objects.bulk_create([row for past in pasts for row in past.assignments])
    Resolution.objects.bulk_create([row for past in pasts for row in past.resolutions])
    Message.objects.bulk_create([row for past in pasts for row in past.messages])
    Reaction.objects.bulk_create([row for past in pasts for row in past.reactions])
    files = [(row, line.file) for past in pasts for line, row in past.rows.items() if line.file]
    Media.objects.bulk_create(attach_all(files, now=now, rng=rng))
    marks = [
        mark for past in pasts for mark in read_marks(past, readers[past.conversation.region_id], now=now, rng=rng)
    ]
    ReadMark.objects.bulk_create(marks)
