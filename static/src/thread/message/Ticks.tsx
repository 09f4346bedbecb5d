import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  Clock3,
  Headphones,
  Hourglass,
  Undo2,
} from "lucide-react";
import type { ReactElement } from "react";
import type { Message } from "../../api/types";
import { useThread } from "../context";
import { fullTime } from "../timeline/clock";
import classes from "./Message.module.css";
import { stepsOf, type Tick, tickOf } from "./tick";

const size = 14;

const icons: Record<Exclude<Tick, null>, ReactElement> = {
  clock: <Clock3 size={12} />,
  sent: <Check size={size} />,
  delivered: <CheckCheck size={size} />,
  read: <CheckCheck size={size} />,
  played: (
    <>
      <Headphones size={12} />
      <CheckCheck size={size} />
    </>
  ),
  failed: <CircleAlert size={size} />,
  unconfirmed: <CircleHelp size={size} />,
  held: <Hourglass size={12} />,
  rejected: <Ban size={12} />,
  withdrawn: <Undo2 size={12} />,
};

/** How far one of our messages got; the times of each step are in the tooltip. */
export function Ticks({ message }: { message: Message }) {
  const { t, locale, timeZone } = useThread();
  const tick = tickOf(message);
  if (!tick) return null;
  const name = t(`thread.tick.${tick}`);
  const steps = stepsOf(message).map(
    ({ step, at }) => `${t(`thread.step.${step}`)}: ${fullTime(at, locale, timeZone)}`,
  );
  return (
    <span
      role="img"
      className={classes.tick}
      data-tick={tick}
      aria-label={name}
      title={[name, ...steps].join("\n")}
    >
      {icons[tick]}
    </span>
  );
}
