import { Popover } from "@mantine/core";
import { Copy, Reply, SmilePlus } from "lucide-react";
import type { ComponentProps } from "react";
import type { Message } from "../../api/types";
import { useThread } from "../context";
import { isWaiting } from "../waiting";
import { copyable } from "./describe";
import classes from "./Message.module.css";
import { Meta } from "./Meta";
import { ReactionPicker } from "./ReactionPicker";

interface ToolbarProps {
  message: Message;
  picking: boolean;
  onPick(open: boolean): void;
  /** Where the bubble itself does not tell the time. */
  withTime: boolean;
}

function Tool({ name, ...button }: ComponentProps<"button"> & { name: string }) {
  return <button type="button" {...button} aria-label={name} />;
}

/** The popover is made only for the one message that is reacted to. */
function ReactTool({ message, picking, onPick }: Omit<ToolbarProps, "withTime">) {
  const { t, actions } = useThread();
  const tool = (
    <Tool
      name={t("thread.action.react")}
      title={t("thread.action.reactKey")}
      onClick={() => onPick(!picking)}
    >
      <SmilePlus size={16} />
    </Tool>
  );
  if (!picking) return tool;
  const ours = message.reactions.find((reaction) => reaction.side === "team");
  return (
    <Popover opened onChange={onPick} position="top" withinPortal trapFocus returnFocus>
      <Popover.Target>{tool}</Popover.Target>
      <Popover.Dropdown p={0}>
        <ReactionPicker
          current={ours?.emoji}
          onSelect={(emoji) => {
            onPick(false);
            actions.react(message, emoji);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What can be done with one message; shown beside it on hover and when it has the focus. */
export function Toolbar({ message, picking, onPick, withTime }: ToolbarProps) {
  const { t, canReply, canReact, actions } = useThread();
  if (isWaiting(message)) return null;
  return (
    <div className={classes.toolbar} data-open={picking || undefined}>
      {withTime && <Meta message={message} />}
      {canReply && (
        <Tool
          name={t("thread.action.reply")}
          title={t("thread.action.replyKey")}
          onClick={() => actions.reply(message)}
        >
          <Reply size={16} />
        </Tool>
      )}
      {canReact && <ReactTool message={message} picking={picking} onPick={onPick} />}
      {copyable(message) && (
        <Tool
          name={t("thread.action.copy")}
          title={t("thread.action.copyKey")}
          onClick={() => actions.copy(message)}
        >
          <Copy size={16} />
        </Tool>
      )}
    </div>
  );
}
