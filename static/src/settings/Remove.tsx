import { X } from "lucide-react";
import { Deed } from "./Deed";

export function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Deed label={label} onClick={onClick}>
      <X size={16} />
    </Deed>
  );
}
