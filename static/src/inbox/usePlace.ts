import { useTranslation } from "react-i18next";
import { useSavedViews } from "../api/queries";
import type { Asked, SavedView, View } from "../api/types";
import { type Place, savedIdOf } from "./views";

interface Shown {
  title: string;
  /** Null while nobody knows what to ask. */
  asked: Asked | null;
  /** The view whose words fit an empty list. */
  view: View;
  saved: SavedView | null;
  /** A saved view that was deleted, or is nobody's any more. */
  gone: boolean;
}

/** What a place of the inbox is called and asks for. */
export function usePlace(place: Place): Shown {
  const { t } = useTranslation();
  const views = useSavedViews();
  const id = savedIdOf(place);
  if (id === null) {
    const view = place as View;
    return { title: t(`inbox.view.${view}`), asked: { view }, view, saved: null, gone: false };
  }
  const saved = views.data?.find((one) => one.id === id) ?? null;
  const asked: Asked | null = saved && { view: "all", ...saved.filters };
  return {
    title: saved?.name ?? t("inbox.saved"),
    asked,
    view: "all",
    saved,
    gone: views.isSuccess && !saved,
  };
}
