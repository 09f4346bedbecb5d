import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Covers the thread on a narrow screen; loaded when first asked for. */
export default function ContactDrawer({
  onClose,
  children,
}: {
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={340}
      title={t("contact.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {children}
    </Drawer>
  );
}
