import { useEffect, useRef } from "react";
import { usePatchMe } from "../api/mutations";
import type { Me } from "../api/types";
import i18n, { localeOf, pickedLanguage } from "../i18n";

/**
 * The signed-in account's language is the page's; one picked in this browser that the account has not heard of wins:
 * it was picked before signing in, or the page was left before the answer came.
 */
export function useAccountLocale(me: Me): void {
  const { mutate: patchMe } = usePatchMe();
  const unheard = useRef(pickedLanguage());
  useEffect(() => {
    const language = unheard.current;
    unheard.current = null; // asked once: a refusal must not be asked for ever
    if (language && language !== me.language) return patchMe({ language });
    const locale = localeOf(me.language);
    if (i18n.language !== locale) i18n.changeLanguage(locale);
  }, [me.language, patchMe]);
}
