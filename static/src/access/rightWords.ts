import type { TFunction } from "i18next";
import type { Right } from "../api/types";

/** A permission in words; one that has none yet is shown as the server spells it. */
export function permissionName(permission: string, t: TFunction): string {
  return t(`access.permission.${permission.replace(".", "_")}`, { defaultValue: permission });
}

export function rightName(right: Right, t: TFunction): string {
  const name = right.duty
    ? t("access.duty", { duty: t(`access.duties.${right.duty}`) })
    : permissionName(right.permission, t);
  if (!right.object_label) return name;
  return t("access.onObject", { right: name, object: right.object_name || t("access.unseen") });
}
