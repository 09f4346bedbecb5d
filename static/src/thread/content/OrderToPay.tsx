import type { OrderToPay as Order } from "../../api/types";
import { priceOf } from "../../components/money";
import { useThread } from "../context";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";

type Amount = Order["total_amount"];

const parts = ["subtotal", "tax", "shipping", "discount"] as const;

/** An order we asked to be paid, or what became of it (Meta: payments in India and Brazil). */
export function OrderToPay({ order: given }: { order: Order }) {
  const { t } = useThread();
  const { order, currency = "", reference_id } = given;
  const told = (amount: Amount) =>
    amount ? priceOf(amount.value / (amount.offset || 1), currency) : "";
  const items = order?.items ?? [];
  return (
    <>
      <span className={kit.label}>
        {reference_id}
        {order?.status && ` · ${t(`thread.order.status.${order.status.replace("-", "_")}`)}`}
      </span>
      {order?.description && <p className={kit.small}>{order.description}</p>}
      {items.length > 0 && (
        <table className={classes.order}>
          <tbody>
            {items.map((item) => (
              <tr key={item.name}>
                <td>
                  <bdi>{item.name}</bdi> × {item.quantity}
                </td>
                <td>{told(item.sale_amount ?? item.amount)}</td>
              </tr>
            ))}
            {parts.map(
              (part) =>
                order?.[part] && (
                  <tr key={part}>
                    <td>{t(`thread.order.${part}`)}</td>
                    <td>{told(order[part])}</td>
                  </tr>
                ),
            )}
          </tbody>
          <tfoot>
            <tr>
              <td>{t("thread.order.total")}</td>
              <td>{told(given.total_amount)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  );
}
