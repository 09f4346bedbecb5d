import type { Tag } from "./queries";

/** Tags to choose from; of several regions, each says which, since names are there once in each. */
export function tagChoices(
  tags: readonly Pick<Tag, "id" | "name" | "region_id">[],
  regions: readonly { id: number; name: string }[],
): { value: string; label: string }[] {
  const names = new Map(regions.map(({ id, name }) => [id, name]));
  return tags.map(({ id, name, region_id }) => {
    const region = regions.length > 1 && names.get(region_id);
    return { value: id, label: region ? `${name} · ${region}` : name };
  });
}
