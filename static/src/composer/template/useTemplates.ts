import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { Page } from "../../api/types";
import { canFill, type Template } from "./template";

/** The templates of a channel that can be filled here; asked for when the form is opened. */
export function useTemplates(channelId: string) {
  return useQuery({
    queryKey: keys.templates(channelId),
    queryFn: async ({ signal }) => {
      const page = await api.get<Page<Template>>(`channels/${channelId}/templates`, signal);
      return page.results.filter(canFill);
    },
    staleTime: 60_000,
  });
}

/** Those that may be sent as they are, and the one to begin with: the sample every account starts with, if it is there. */
export function fixedOf(templates: readonly Template[]) {
  const fixed = templates.filter((template) => template.fixed);
  return { fixed, first: fixed.find(({ name }) => name === "hello_world") ?? fixed[0] };
}

/** Those whose name or words hold what is looked for. */
export function matching(templates: readonly Template[], search: string): Template[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return [...templates];
  return templates.filter(({ name, language, components }) =>
    [name, language, ...components.map(({ text }) => text ?? "")].some((words) =>
      words.toLowerCase().includes(wanted),
    ),
  );
}
