import { Menu } from "@mantine/core";
import {
  Contact,
  FileInput,
  LayoutTemplate,
  Link,
  List,
  type LucideIcon,
  MapPin,
  MapPinned,
  Package,
  Phone,
  Plus,
  ShoppingBag,
  SquareMousePointer,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../session/MeContext";
import classes from "../Composer.module.css";
import type { KindName } from "./kinds";

type Choice = KindName | "template";

const choices: readonly (readonly [Choice, LucideIcon])[][] = [
  [
    ["location", MapPin],
    ["contacts", Contact],
  ],
  [
    ["button", SquareMousePointer],
    ["list", List],
    ["cta_url", Link],
    ["location_request_message", MapPinned],
    ["request_contact_info", Phone],
    ["flow", FileInput],
  ],
  [
    ["product", Package],
    ["product_list", ShoppingBag],
  ],
  // Last, since not everybody may.
  [["template", LayoutTemplate]],
];

/** Everything WhatsApp can send that is not typed or attached. */
export function KindMenu({ onChoose }: { onChoose(name: Choice): void }) {
  const { t } = useTranslation();
  const mayTemplate = useMay("template.send");
  const offered = mayTemplate ? choices : choices.slice(0, -1);
  return (
    <Menu position="top-start" withinPortal shadow="md">
      <Menu.Target>
        <button
          type="button"
          className={classes.tool}
          aria-label={t("compose.menu")}
          title={t("compose.menu")}
        >
          <Plus size={19} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((group, index) => (
          <div key={group[0]?.[0]}>
            {index > 0 && <Menu.Divider />}
            {group.map(([name, Icon]) => (
              <Menu.Item key={name} leftSection={<Icon size={16} />} onClick={() => onChoose(name)}>
                {t(`compose.kind.${name}`)}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
