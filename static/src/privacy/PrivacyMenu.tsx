import { ActionIcon, Menu } from "@mantine/core";
import { FileDown, FileText, Merge, ShieldCheck, ShieldX, TriangleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../session/MeContext";

const DIALOGS = {
  consent: lazy(() => import("./ConsentDialog")),
  merge: lazy(() => import("./MergeDialog")),
  hold: lazy(() => import("./HoldDialog")),
  export: lazy(() => import("./ExportDialog")),
  erase: lazy(() => import("./EraseDialog")),
};
type DialogName = keyof typeof DIALOGS;

/** What every dialog is about; `shown` is the name that is on the screen. */
export interface AboutContact {
  contactId: string;
  shown: string;
  held: boolean;
  onClose(): void;
}

const ENTRIES: readonly { name: DialogName; may: string; icon: typeof FileText }[] = [
  { name: "consent", may: "contact.see", icon: FileText },
  { name: "merge", may: "contact.merge", icon: Merge },
  { name: "hold", may: "contact.hold", icon: ShieldCheck },
  { name: "export", may: "contact.export", icon: FileDown },
  { name: "erase", may: "contact.erase", icon: TriangleAlert },
];

interface PrivacyMenuProps {
  contactId: string;
  shown: string;
  held: boolean;
}

/** On the contact card: what a person may ask of what is kept of them, as far as one may do it. */
export function PrivacyMenu({ contactId, shown, held }: PrivacyMenuProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<DialogName | "menu" | null>(null);
  // What opens a dialog replaces the menu by it: left open, its entries would take the focus from the fields.
  const Dialog = open && open !== "menu" && DIALOGS[open];
  return (
    <>
      <Menu
        opened={open === "menu"}
        onChange={(next) => setOpen(next ? "menu" : null)}
        position="bottom-end"
        shadow="md"
      >
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            aria-label={t("contact.privacy.menu")}
            title={t("contact.privacy.menu")}
          >
            <ShieldX size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {ENTRIES.map((entry) => (
            <Entry key={entry.name} {...entry} onOpen={() => setOpen(entry.name)} />
          ))}
        </Menu.Dropdown>
      </Menu>
      {Dialog && (
        <Suspense>
          <Dialog contactId={contactId} shown={shown} held={held} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

interface EntryProps {
  name: DialogName;
  may: string;
  icon: typeof FileText;
  onOpen(): void;
}

function Entry({ name, may, icon: Icon, onOpen }: EntryProps) {
  const { t } = useTranslation();
  if (!useMay(may)) return null;
  return (
    <Menu.Item
      closeMenuOnClick={false}
      leftSection={<Icon size={15} aria-hidden="true" />}
      color={name === "erase" ? "red" : undefined}
      onClick={onOpen}
    >
      {t(`contact.privacy.${name}`)}
    </Menu.Item>
  );
}
