import { TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Macro } from "../api/types";
import { FailedNotice } from "../components/states";
import classes from "./Quick.module.css";
import { useMacros } from "./queries";

/** By name, or by what their steps are called. */
function matching(macros: readonly Macro[], search: string, words: (macro: Macro) => string) {
  const wanted = search.trim().toLocaleLowerCase();
  return macros.filter((macro) =>
    `${macro.name} ${words(macro)}`.toLocaleLowerCase().includes(wanted),
  );
}

export function MacroPicker({ onChoose }: { onChoose(macro: Macro): void }) {
  const { t } = useTranslation();
  const query = useMacros();
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const kinds = ({ steps }: Macro) =>
    steps.map(({ kind }) => t(`quick.step.${kind}.name`)).join(" → ");
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  const found = matching(query.data ?? [], search, kinds);
  const at = Math.min(active, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = found[at];
    if (event.key === "ArrowDown") setActive(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(at - 1, 0));
    else if (event.key === "Enter" && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        aria-label={t("quick.macro.search")}
        placeholder={t("quick.macro.search")}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        data-autofocus
      />
      {query.isPending && <p className={classes.muted}>{t("quick.loading")}</p>}
      {query.data && found.length === 0 && (
        <p className={classes.muted}>
          {t(query.data.length > 0 ? "quick.macro.noMatch" : "quick.macro.none")}{" "}
          <Link href="/settings/macros">{t("quick.macro.manage")}</Link>
        </p>
      )}
      <ul className={classes.picker}>
        {found.map((macro, index) => (
          <li key={macro.id}>
            <button
              type="button"
              className={classes.macro}
              data-active={index === at || undefined}
              onClick={() => onChoose(macro)}
            >
              <span className={classes.macroName}>
                <bdi>{macro.name}</bdi>
              </span>
              <span className={classes.muted}>{kinds(macro)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
