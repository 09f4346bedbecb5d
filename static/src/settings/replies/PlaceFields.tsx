import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../api/queries";
import type { CannedReplyBody } from "../../api/types";
import { useTeams } from "../../assigning/queries";
import { useMay, useMe } from "../../session/MeContext";
import styles from "./Prepared.module.css";

const MINE = "mine";

interface PlaceProps {
  value: number | null;
  onChange(regionId: number | null): void;
}

/** Whose it is: one's own, or a region's, as far as one may share. */
export function PlaceSelect({ value, onChange }: PlaceProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const mayShare = useMay("reply.share");
  return (
    <Select
      label={t("settings.place.label")}
      description={mayShare ? undefined : t("settings.place.seniors")}
      disabled={!mayShare}
      allowDeselect={false}
      data={[
        { value: MINE, label: t("settings.place.mine") },
        ...regions.map(({ id, name }) => ({
          value: String(id),
          label: t("settings.place.region", { name }),
        })),
      ]}
      value={value === null ? MINE : String(value)}
      onChange={(next) => onChange(next === MINE || next === null ? null : Number(next))}
    />
  );
}

interface FieldsProps {
  body: CannedReplyBody;
  onChange(change: Partial<CannedReplyBody>): void;
  errorOf(field: string): string | null;
}

/** Whose a reply is, which team finds it first, and for which number it is meant. */
export function PlaceFields({ body, onChange, errorOf }: FieldsProps) {
  const { t } = useTranslation();
  const teams = useTeams().data ?? [];
  const channels = useChannels().data ?? [];
  const region = body.region_id ?? null;
  const here = teams.filter(({ region_id }) => region_id === region);
  return (
    <>
      <PlaceSelect
        value={region}
        onChange={(region_id) => onChange({ region_id, team_id: null, channel_id: null })}
      />
      <div className={styles.two}>
        {here.length > 0 && (
          <Select
            label={t("settings.replies.team")}
            placeholder={t("settings.replies.everybody")}
            clearable
            data={here.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={body.team_id ? String(body.team_id) : null}
            error={errorOf("team_id")}
            onChange={(value) => onChange({ team_id: value ? Number(value) : null })}
          />
        )}
        <Select
          label={t("settings.replies.channel")}
          placeholder={t("settings.replies.anyChannel")}
          clearable
          data={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={body.channel_id ?? null}
          error={errorOf("channel_id")}
          onChange={(channel_id) => onChange({ channel_id })}
        />
      </div>
    </>
  );
}
