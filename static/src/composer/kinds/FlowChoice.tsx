import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { Flow, Page } from "../../api/types";
import { partAt, textAt, type Values } from "./fields";
import classes from "./KindDialog.module.css";

interface FlowChoiceProps {
  channelId: string;
  values: Values;
  onChange(values: Values): void;
}

function useFlows(channelId: string) {
  return useQuery({
    queryKey: keys.flows(channelId),
    queryFn: ({ signal }) => api.get<Page<Flow>>(`channels/${channelId}/flows`, signal),
    select: ({ results }) => results,
    staleTime: 60_000,
  });
}

/** The id of a form is nobody's to type where the account's forms are known; else it says where the id stands. */
export function FlowChoice({ channelId, values, onChange }: FlowChoiceProps) {
  const { t } = useTranslation();
  const { data: flows, isPending } = useFlows(channelId);
  const flow = partAt(values, "flow");
  const id = textAt(flow, "id");
  const only = flows?.[0]?.id;
  const choose = (chosen: string) => onChange({ ...values, flow: { ...flow, id: chosen } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list is there
  useEffect(() => {
    if (only && !id) choose(only);
  }, [only]);
  if (isPending) return <p className={classes.hint}>{t("compose.flow.loading")}</p>;
  if (!flows?.length) return <p className={classes.hint}>{t("compose.flow.none")}</p>;
  const known = flows.some((one) => one.id === id);
  return (
    <NativeSelect
      label={t("compose.flow.choose")}
      value={known ? id : ""}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[
        ...(known ? [] : [{ value: "", label: "" }]),
        ...flows.map((one) => ({ value: one.id, label: one.name })),
      ]}
    />
  );
}
