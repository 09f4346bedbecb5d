import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannels } from "../api/queries";
import { useMe } from "../session/MeContext";
import styles from "./Board.module.css";
import type { BoardFilters } from "./boardLists";

interface FiltersProps {
  filters: BoardFilters;
  onChange: (filters: BoardFilters) => void;
}

/** One region, one number, or everything. */
export function Filters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const { data: channels } = useChannels();
  const { region, channel } = filters;
  const numbers = channels?.filter((one) => region === null || one.region_id === region) ?? [];
  return (
    <fieldset className={styles.filters} aria-label={t("board.filters")}>
      {regions.length > 1 && (
        <Select
          size="xs"
          aria-label={t("board.region")}
          placeholder={t("board.allRegions")}
          clearable
          data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={region === null ? null : String(region)}
          onChange={(value) => onChange({ region: value ? Number(value) : null, channel: null })}
        />
      )}
      {numbers.length > 1 && (
        <Select
          size="xs"
          aria-label={t("board.channel")}
          placeholder={t("board.allChannels")}
          clearable
          data={numbers.map(({ id, name }) => ({ value: id, label: name }))}
          value={channel}
          onChange={(value) => onChange({ region, channel: value })}
        />
      )}
    </fieldset>
  );
}
