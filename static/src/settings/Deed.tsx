import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";

interface DeedProps {
  label: string;
  off?: boolean;
  onClick(): void;
  children: ReactNode;
}

/** What can be done with a row of a settings page: an icon, with its words for whoever does not see it. */
export function Deed({ label, off = false, onClick, children }: DeedProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
