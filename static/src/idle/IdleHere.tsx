import { lazy, Suspense } from "react";
import { useIdle } from "./useIdle";

const IdleDialog = lazy(() => import("./IdleDialog"));

/** Part of no page: who does nothing for too long is warned wherever they are. */
export function IdleHere() {
  const { left, stay } = useIdle();
  if (left === null) return null;
  return (
    <Suspense>
      <IdleDialog left={left} onStay={stay} />
    </Suspense>
  );
}
