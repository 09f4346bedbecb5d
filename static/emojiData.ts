import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const LANGUAGES = ["zh-hant", "en"];
const FILES = ["data.json", "messages.json"];
const resolve = createRequire(import.meta.url).resolve;

interface Skin {
  tone?: number | number[];
  emoji: string;
}

interface Emoji extends Skin {
  group?: number;
  subgroup?: number;
  version: number;
  label: string;
  tags?: string[];
  skins?: Skin[];
}

/** Only what the picker reads, which is a third of the package's size. */
function slim(all: Emoji[]): Emoji[] {
  return all
    .filter((one) => one.group !== undefined)
    .map(({ emoji, group, subgroup, version, label, tags, skins }) => ({
      emoji,
      group,
      subgroup,
      version,
      label,
      tags,
      skins: skins?.map(({ tone, emoji: toned }) => ({ tone, emoji: toned })),
    }));
}

function read(path: string): string {
  const data = JSON.parse(readFileSync(resolve(`emojibase-data/${path}`), "utf8"));
  return JSON.stringify(path.endsWith("/data.json") ? slim(data) : data);
}

/** Serves the emoji picker's names and groups from our own origin (`/static/emoji`), never a CDN. */
export function emojiData(): Plugin {
  const paths = LANGUAGES.flatMap((language) => FILES.map((file) => `${language}/${file}`));
  return {
    name: "kefu-emoji-data",
    generateBundle() {
      for (const path of paths) {
        this.emitFile({ type: "asset", fileName: `emoji/${path}`, source: read(path) });
      }
    },
    configureServer(server) {
      server.middlewares.use("/static/emoji", (request, response, next) => {
        const path = (request.url ?? "").slice(1).split("?")[0] ?? "";
        if (!paths.includes(path)) return next();
        response.setHeader("Content-Type", "application/json");
        response.end(read(path));
      });
    },
  };
}
