import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api } from "../api/client";
import type { SendBody, Template, WireMessage } from "../api/types";
import { notifyError } from "../components/toasts";
import { applyMessage } from "../stream/applyMessage";

interface Filled {
  template: Template;
  values: Record<string, string>;
}

export function keyOf({ name, language }: Template): string {
  return `${name}/${language}`;
}

/** The words with what is filled in so far. */
export function filled({ body, places }: Template, values: Record<string, string>): string {
  return places.reduce(
    (text, place) => text.replaceAll(`{{${place}}}`, values[place]?.trim() || `{{${place}}}`),
    body,
  );
}

/** Meta's components: numbered places go by order, named ones by name. */
export function bodyOf({ template, values }: Filled, clientRef: string): SendBody {
  const parameters = template.places.map((place) => ({
    type: "text",
    ...(/^\d+$/.test(place) ? {} : { parameter_name: place }),
    text: values[place]?.trim() ?? "",
  }));
  const components = parameters.length > 0 ? [{ type: "body", parameters }] : [];
  return {
    type: "template",
    client_ref: clientRef,
    template: {
      name: template.name,
      language: template.language,
      components,
      text: filled(template, values) || template.name,
    },
  };
}

/** One dialog sends one message, however often its button is pressed. */
export function useSendTemplate(conversationId: string, onSent: () => void) {
  const client = useQueryClient();
  const clientRef = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: (given: Filled) =>
      api.post<WireMessage>(
        `conversations/${conversationId}/messages`,
        bodyOf(given, clientRef.current),
      ),
    onSuccess: (message) => {
      applyMessage(client, message);
      onSent();
    },
    onError: notifyError,
  });
}
