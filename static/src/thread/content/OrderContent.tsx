import { ShoppingBag } from "lucide-react";
import type { MessageContent, OrderItem } from "../../api/types";
import { priceOf } from "../../components/money";
import { useThread } from "../context";
import { RichText } from "../text/RichText";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";

/** One total when all items are in one currency. */
export function totalOf(items: OrderItem[]): { amount: number; currency: string } | null {
  const currency = items[0]?.currency;
  if (!currency || items.some((item) => item.currency !== currency)) return null;
  return { amount: items.reduce((sum, item) => sum + item.price * item.quantity, 0), currency };
}

export function OrderContent({ content }: { content: MessageContent }) {
  const { t } = useThread();
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
              <td>{priceOf(item.price * item.quantity, item.currency)}</td>
            </tr>
          ))}
        </tbody>
        {total && items.length > 1 && (
          <tfoot>
            <tr>
              <td colSpan={2}>{t("thread.order.total")}</td>
              <td>{priceOf(total.amount, total.currency)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {content.text && <RichText text={content.text} />}
    </>
  );
}
