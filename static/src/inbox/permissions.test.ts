import { describe, expect, it } from "vitest";
import { aConversation, ben } from "../test/builders";
import { mayHandOn, mayResolve, mayTake } from "./permissions";

const agent = {
  ...ben,
  permissions: ["conversation.reply", "conversation.take", "conversation.resolve"],
};
const observer = { ...ben, permissions: [] };
const nobodys = aConversation();
const own = aConversation({ assignee: { id: ben.id, name: ben.name } });
const others = aConversation({ assignee: { id: 8, name: "Cho" } });

describe.each([
  {
    who: "a senior",
    me: ben,
    handOn: [true, true, true],
    take: [true, false, true],
    resolve: [true, true, true],
  },
  {
    who: "an agent",
    me: agent,
    handOn: [false, true, false],
    take: [true, false, false],
    resolve: [true, true, false],
  },
  {
    who: "an observer",
    me: observer,
    handOn: [false, false, false],
    take: [false, false, false],
    resolve: [false, false, false],
  },
])("$who, with nobody's, their own and another's conversation", ({ me, handOn, take, resolve }) => {
  const cases = [nobodys, own, others];

  it("hands on", () => expect(cases.map((c) => mayHandOn(me, c))).toEqual(handOn));
  it("takes", () => expect(cases.map((c) => mayTake(me, c))).toEqual(take));
  it("resolves", () => expect(cases.map((c) => mayResolve(me, c))).toEqual(resolve));
});
