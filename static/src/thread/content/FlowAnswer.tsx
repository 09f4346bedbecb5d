import { ClipboardList } from "lucide-react";
import { useThread } from "../context";
import kit from "./Content.module.css";
import classes from "./Interactive.module.css";

const mostAnswers = 40;
const longest = 600;
// Ours, and nothing the customer wrote.
const internal = new Set(["flow_token"]);

/** "delivery_date" → "delivery date": a form names its fields for machines. */
function named(key: string): string {
  return (
    key
      .replace(/^screen_\d+_/, "")
      .replace(/[_-]+/g, " ")
      .replace(/\s\d+$/, "")
      .trim() || key
  );
}

function told(value: unknown): string {
  if (Array.isArray(value)) return value.map(told).join(", ");
  if (value && typeof value === "object") return JSON.stringify(value);
  // A choice comes as "0_Green tea": its place, then what it said.
  return String(value).replace(/^\d+_/, "");
}

/** An address comes as `{values: {…}}`: what lies one deeper stands beside the rest. */
function flat(parsed: object): Record<string, unknown> {
  const entries = Object.entries(parsed).flatMap(([key, value]) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.entries(value)
      : [[key, value] as [string, unknown]],
  );
  return Object.fromEntries(entries);
}

/** The answers in what a customer's phone wrote: anything may stand there. */
export function answersIn(response: string): [string, string][] | null {
  try {
    const parsed: unknown = JSON.parse(response);
    if (!parsed || typeof parsed !== "object" || Array.isArray(parsed)) return null;
    return Object.entries(flat(parsed))
      .filter(([key, value]) => !internal.has(key) && value !== null && value !== "")
      .slice(0, mostAnswers)
      .map(([key, value]) => [named(key), told(value).slice(0, longest)]);
  } catch {
    return null;
  }
}

/** A filled-in form, question by question. */
export function FlowAnswer({ response }: { response: string }) {
  const { t } = useThread();
  const answers = answersIn(response);
  return (
    <>
      <span className={kit.label}>
        <ClipboardList size={12} /> {t("thread.flow.answer")}
      </span>
      {answers === null || answers.length === 0 ? (
        <p>{t("thread.flow.empty")}</p>
      ) : (
        <dl className={classes.answers}>
          {answers.map(([question, answer]) => (
            <div key={question}>
              <dt>
                <bdi>{question}</bdi>
              </dt>
              <dd>
                <bdi>{answer}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
