import { type ComponentType, type ReactNode, useEffect, useState } from "react";

interface Later<P> {
  Later: ComponentType<P & { fallback?: ReactNode }>;
  /** Fetches the code before it is wanted; a failure shows once it is. */
  ahead(): void;
}

/**
 * A component whose code comes later. Unlike React's own `lazy` it is drawn at once when its code is here already:
 * `lazy` shows its fallback all the same, and React then keeps that up for 300 ms against flicker.
 */
export function later<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): Later<P> {
  let here: ComponentType<P> | null = null;
  const fetched = async () => {
    here = (await load()).default;
    return here;
  };
  function Later({ fallback = null, ...props }: P & { fallback?: ReactNode }) {
    const [Loaded, setLoaded] = useState(() => here);
    useEffect(() => {
      if (Loaded) return;
      let left = false;
      fetched().then(
        (component) => left || setLoaded(() => component),
        // As `lazy` does: the error boundary above knows what to do about a file that is gone.
        (error) =>
          left ||
          setLoaded(() => {
            throw error;
          }),
      );
      return () => {
        left = true;
      };
    }, [Loaded]);
    return Loaded ? <Loaded {...(props as unknown as P)} /> : fallback;
  }
  return { Later, ahead: () => void fetched().catch(() => undefined) };
}
