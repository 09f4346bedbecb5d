import { Button, Modal, Select, TextInput } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Asked, SavedView } from "../../api/types";
import { Tick } from "../../components/Tick";
import { useMay, useMe } from "../../session/MeContext";
import styles from "../standing/Standing.module.css";
import { pathTo, placeOfSaved } from "../views";
import { FilterFields, type Filters } from "./FilterFields";
import { useDeleteView, useMoveView, useSaveView } from "./useSavedViewChanges";

const NAME_MAX = 60;
const MINE = "mine";

interface ViewDialogProps {
  /** The one that is changed; null for a new one. */
  saved: SavedView | null;
  /** What the list shows that it was opened from. */
  asked: Asked | null;
  onClose: () => void;
}

/** Names what a list shows, for oneself or for a region. */
export default function ViewDialog({ saved, asked, onClose }: ViewDialogProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [name, setName] = useState(saved?.name ?? "");
  const [filters, setFilters] = useState<Filters>(() => startOf(saved, asked));
  const [place, setPlace] = useState(String(saved?.region_id ?? MINE));
  const save = useSaveView();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    const region_id = place === MINE ? null : Number(place);
    save.mutate(
      { id: saved?.id ?? null, name, filters: filters as Record<string, string>, region_id },
      {
        onSuccess: (view) => {
          onClose();
          navigate(pathTo(placeOfSaved(view.id)));
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(saved ? "together.view.editTitle" : "together.view.addTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t("together.view.name")}
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FilterFields filters={filters} onChange={setFilters} />
        <Tick
          checked={filters.sort === "pressing"}
          onChange={(on) => setFilters({ ...filters, sort: on ? "pressing" : "newest" })}
        >
          {t("together.view.pressing")}
        </Tick>
        <Sharing place={place} onPlace={setPlace} />
        <div className={styles.deeds}>
          {saved && <ExistingDeeds view={saved} onClose={onClose} />}
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={save.isPending}>
            {t("together.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** A view of the inbox is told by its conditions, so that they can be changed here. */
function startOf(saved: SavedView | null, asked: Asked | null): Filters {
  if (saved) return { view: "all", ...saved.filters };
  const { view = "all", ...others } = asked ?? {};
  if (view === "mine") return { ...others, view: "all", assignee: "me" };
  if (view === "unassigned") return { ...others, view: "all", assignee: "nobody" };
  return { ...others, view };
}

interface SharingProps {
  place: string;
  onPlace: (place: string) => void;
}

function Sharing({ place, onPlace }: SharingProps) {
  const { t } = useTranslation();
  const me = useMe();
  if (!useMay("view.share")) return null;
  return (
    <Select
      label={t("together.view.for")}
      allowDeselect={false}
      data={[
        { value: MINE, label: t("together.view.mine") },
        ...me.regions.map(({ id, name }) => ({
          value: String(id),
          label: t("together.view.region", { name }),
        })),
      ]}
      value={place}
      onChange={(value) => value && onPlace(value)}
    />
  );
}

function ExistingDeeds({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const remove = useDeleteView();
  const move = useMoveView(view.id);
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<Trash2 size={16} />}
        onClick={() => {
          onClose();
          navigate(pathTo("mine"));
          remove(view);
        }}
      >
        {t("together.view.delete")}
      </Button>
      {move.up && (
        <Button
          variant="default"
          aria-label={t("together.view.up")}
          title={t("together.view.up")}
          onClick={move.up}
        >
          ↑
        </Button>
      )}
      {move.down && (
        <Button
          variant="default"
          aria-label={t("together.view.down")}
          title={t("together.view.down")}
          onClick={move.down}
        >
          ↓
        </Button>
      )}
    </>
  );
}
