import type { UseMutationResult } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "../api/client";
import { useLateEnter } from "../components/useLateEnter";

const bare = (code: string) => code.replace(/\s/g, "");

export function wordsOf(error: Error | null): string | null {
  if (!(error instanceof ApiError)) return null;
  return [error.message, error.remedy].filter(Boolean).join(" ");
}

/** A form of one code: what was refused is taken out, and why is told until the next one is begun. */
export function useCodeForm<T>(
  sending: UseMutationResult<T, Error, string>,
  onSuccess: (done: T) => void,
) {
  const [code, setCode] = useState("");
  const { isPending: busy, isError } = sending;
  const send = (given: string) => {
    if (!given.trim()) return;
    if (busy) return late.again();
    sending.mutate(given, {
      onSuccess,
      // What was typed while it was on its way stays.
      onError: () => setCode((now) => (bare(now) === bare(given) ? "" : now)),
    });
  };
  const changed = isError && code !== "";
  const late = useLateEnter({ busy, changed, send: () => send(code) });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return {
    code,
    form: { onSubmit, onKeyDown: late.onKeyDown },
    field: {
      value: code,
      error: code === "" ? wordsOf(sending.error) : null,
      onChange: setCode,
      onFull: send,
    },
  };
}
