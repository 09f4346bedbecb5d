import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useMemo, useState } from "react";
import { useStoredFlag } from "../components/storage";
import { useContactAsked } from "./askForContact";

export interface ContactShown {
  /** A column of its own (wide screens) is open. */
  column: boolean;
  /** The drawer (narrow screens) is open. */
  drawer: boolean;
  shown: boolean;
  toggle: () => void;
  closeDrawer: () => void;
}

/** The column is remembered; the drawer covers the thread, so it is always asked for. */
export function useContactShown(): ContactShown {
  const wide = useMediaQuery("(min-width: 1180px)", true, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useStoredFlag("kefu.contactColumn", true);
  const [drawer, setDrawer] = useState(false);
  const toggle = useCallback(() => {
    if (wide) setWanted(!wanted);
    else setDrawer((open) => !open);
  }, [wide, wanted, setWanted]);
  useContactAsked(() => (wide ? setWanted(true) : setDrawer(true)));
  return useMemo(
    () => ({
      column: wide && wanted,
      drawer: !wide && drawer,
      shown: wide ? wanted : drawer,
      toggle,
      closeDrawer: () => setDrawer(false),
    }),
    [wide, wanted, drawer, toggle],
  );
}
