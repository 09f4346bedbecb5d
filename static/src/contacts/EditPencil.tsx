import { ActionIcon } from "@mantine/core";
import { Pencil } from "lucide-react";
import type { Ref } from "react";

interface PencilProps {
  ref: Ref<HTMLButtonElement>;
  label: string;
  onClick(): void;
}

/** Opens what is changed where it stands. */
export function EditPencil({ ref, label, onClick }: PencilProps) {
  return (
    <ActionIcon
      ref={ref}
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Pencil size={14} />
    </ActionIcon>
  );
}
