import { ActionIcon } from "@mantine/core";
import { X } from "lucide-react";

export function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <X size={16} />
    </ActionIcon>
  );
}
