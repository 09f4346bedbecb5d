import { ShoppingBag } from "lucide-react";
import type { MessageContent, OrderItem } from "../../api/types";
import { useThread } from "../context";
import { RichText } from "../text/RichText";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";

export function money(amount: number, currency: string, locale: string): string {
  try {
    // The code, not the sign: "$" is another currency in each country.
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "code",
      trailingZeroDisplay: "stripIfInteger",
    }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** One total when all items are in one currency. */
export function totalOf(items: OrderItem[]): { amount: number; currency: string } | null {
  const currency = items[0]?.currency;
  if (!currency || items.some((item) => item.currency !== currency)) return null;
  return { amount: items.reduce((sum, item) => sum + item.price * item.quantity, 0), currency };
}

export function OrderContent({ content }: { content: MessageContent }) {
  const { t, locale } = useThread();
  const items = content.items ?? [];
  const total = totalOf(items);
  return (
    <>
      <span className={kit.label}>
        <ShoppingBag size={12} /> {t("thread.kind.order")}
      </span>
      <table className={classes.order}>
        <tbody>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an order may name one product twice
            <tr key={index}>
              <td>
                <bdi>{item.name}</bdi>
              </td>
              <td>× {item.quantity}</td>
              <td>{money(item.price * item.quantity, item.currency, locale)}</td>
            </tr>
          ))}
        </tbody>
        {total && items.length > 1 && (
          <tfoot>
            <tr>
              <td colSpan={2}>{t("thread.order.total")}</td>
              <td>{money(total.amount, total.currency, locale)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {content.text && <RichText text={content.text} />}
    </>
  );
}
