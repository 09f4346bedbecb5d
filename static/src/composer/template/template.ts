// A template and the values for its variables become what is sent, and what the bubble shows (Meta: message templates).
import type { MessageContent } from "../../api/types";

export interface Button {
  type: string;
  text?: string;
  url?: string;
  phone_number?: string;
}

export interface Component {
  type: string;
  format?: string;
  text?: string;
  buttons?: Button[];
  cards?: unknown[];
}

export interface Template {
  name: string;
  language: string;
  category: string;
  parameter_format: string;
  components: Component[];
  /** It may be sent as it is: nothing to fill in. */
  fixed: boolean;
}

/** One thing to fill in. `where` is the component; buttons have their place in it. */
export interface Slot {
  key: string;
  where: "header" | "body" | "button";
  name: string;
  index?: number;
  kind: "text" | "code";
}

export type Filled = Record<string, string>;

const variable = /{{\s*(\w+)\s*}}/g;
/** What this form cannot fill: such a template is sent through the API. */
const beyond = new Set(["CAROUSEL", "LIMITED_TIME_OFFER", "ORDER_STATUS"]);
const fileFormats = new Set(["IMAGE", "VIDEO", "DOCUMENT"]);

export function partOf(template: Template, type: string): Component | undefined {
  return template.components.find((part) => part.type.toUpperCase() === type);
}

/** The kind of file that stands above the text; null where none does. */
export function headerFile(template: Template): "image" | "video" | "document" | null {
  const format = partOf(template, "HEADER")?.format?.toUpperCase() ?? "";
  return fileFormats.has(format) ? (format.toLowerCase() as "image") : null;
}

export function canFill(template: Template): boolean {
  const header = partOf(template, "HEADER")?.format?.toUpperCase();
  const known = !header || header === "TEXT" || fileFormats.has(header);
  return known && !template.components.some((part) => beyond.has(part.type.toUpperCase()));
}

function namesIn(text: string | undefined): string[] {
  return [...new Set([...(text ?? "").matchAll(variable)].map((match) => match[1] ?? ""))];
}

export function slotsOf(template: Template): Slot[] {
  const words = (["HEADER", "BODY"] as const).flatMap((type) =>
    namesIn(partOf(template, type)?.text).map((name): Slot => {
      const where = type === "HEADER" ? "header" : "body";
      return { key: `${where}.${name}`, where, name, kind: "text" };
    }),
  );
  const buttons = (partOf(template, "BUTTONS")?.buttons ?? []).flatMap((button, index): Slot[] => {
    const type = button.type.toUpperCase();
    const key = `button.${index}`;
    if (type === "URL" && namesIn(button.url).length > 0)
      return [{ key, where: "button", name: button.text ?? "", index, kind: "text" }];
    if (type === "COPY_CODE")
      return [{ key, where: "button", name: button.text ?? "", index, kind: "code" }];
    return [];
  });
  return [...words, ...buttons];
}

/** The text with its variables filled; one that is not yet filled keeps its braces. */
export function rendered(text: string | undefined, where: "header" | "body", filled: Filled) {
  return (text ?? "").replace(variable, (braces, name) => filled[`${where}.${name}`] || braces);
}

function parameters(slots: Slot[], template: Template, filled: Filled) {
  const named = template.parameter_format === "NAMED";
  return slots.map(({ key, name }) => ({
    type: "text",
    ...(named ? { parameter_name: name } : {}),
    text: (filled[key] ?? "").trim(),
  }));
}

function buttonComponent({ key, index, kind }: Slot, filled: Filled) {
  const value = (filled[key] ?? "").trim();
  const [sub_type, parameter] =
    kind === "code"
      ? ["copy_code", { type: "coupon_code", coupon_code: value }]
      : ["url", { type: "text", text: value }];
  return { type: "button", sub_type, index: String(index), parameters: [parameter] };
}

/** The components of the send call: only those that have variables. A file's own is added by the server. */
export function componentsOf(template: Template, filled: Filled): Record<string, unknown>[] {
  const slots = slotsOf(template);
  const words = (["header", "body"] as const).flatMap((where) => {
    const own = slots.filter((slot) => slot.where === where);
    return own.length > 0 ? [{ type: where, parameters: parameters(own, template, filled) }] : [];
  });
  const buttons = slots.filter(({ where }) => where === "button");
  return [...words, ...buttons.map((slot) => buttonComponent(slot, filled))];
}

interface Sent {
  type?: string;
  index?: string;
  parameters?: { text?: string; coupon_code?: string }[];
}

/** The way back of `componentsOf`: what was filled in, for whoever changes it. */
export function filledOf(template: Template, components: readonly Sent[]): Filled {
  const slots = slotsOf(template);
  const found = slots.map((slot) => {
    const sent = components.find(
      ({ type, index }) =>
        type === slot.where && (slot.where !== "button" || index === String(slot.index)),
    );
    const at = slots.filter(({ where }) => where === slot.where).indexOf(slot);
    const parameter = sent?.parameters?.[slot.where === "button" ? 0 : at];
    return [slot.key, parameter?.text ?? parameter?.coupon_code ?? ""] as const;
  });
  return Object.fromEntries(found);
}

/** What the thread shows of it. */
export function shownOf(template: Template, filled: Filled): MessageContent {
  const header = rendered(partOf(template, "HEADER")?.text, "header", filled);
  const buttons = (partOf(template, "BUTTONS")?.buttons ?? []).flatMap(({ text }) => text ?? []);
  return {
    name: template.name,
    language: template.language,
    text: rendered(partOf(template, "BODY")?.text, "body", filled) || template.name,
    ...(header ? { header } : {}),
    ...(partOf(template, "FOOTER")?.text ? { footer: partOf(template, "FOOTER")?.text } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

export function isComplete(template: Template, filled: Filled): boolean {
  return slotsOf(template).every(({ key }) => (filled[key] ?? "").trim());
}
