export type Kind = "webhook" | "shopify" | "woocommerce";

/** What each kind of system is read with. */
export const NEEDED: Record<Kind, readonly string[]> = {
  webhook: [],
  shopify: ["token"],
  woocommerce: ["key", "secret"],
};
export const NAME_MAX = 80;
