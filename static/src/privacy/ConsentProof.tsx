import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileCheck2, Paperclip } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { upload } from "../api/client";
import { keys } from "../api/keys";
import { notifyDone, notifyError } from "../components/toasts";
import type { Consent } from "./queries";

interface ProofProps {
  row: Consent;
  mayWrite: boolean;
}

/** The file that proves a line: to be downloaded, or added once. */
export function ConsentProof({ row, mayWrite }: ProofProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const path = `contacts/${row.contact_id}/consents/${row.id}/proof`;
  const add = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return upload(path, form);
    },
    onSuccess: () => {
      notifyDone(t("privacy.consent.proofAdded"));
      return client.invalidateQueries({ queryKey: keys.consents(row.contact_id) });
    },
    onError: notifyError,
  });
  if (row.proof) {
    return (
      <Button
        component="a"
        href={`/api/v1/${path}`}
        download
        size="compact-xs"
        variant="subtle"
        leftSection={<FileCheck2 size={13} />}
      >
        {row.proof.name}
      </Button>
    );
  }
  if (!mayWrite) return null;
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("privacy.consent.addProof")}
        accept="application/pdf,image/*,audio/*,text/plain"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) add.mutate(file);
          currentTarget.value = "";
        }}
      />
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<Paperclip size={13} />}
        loading={add.isPending}
        onClick={() => input.current?.click()}
      >
        {t("privacy.consent.addProof")}
      </Button>
    </>
  );
}
