import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./compressed.ts";
import { emojiData } from "./emojiData.ts";

export default defineConfig({
  base: "/static/",
  plugins: [react(), emojiData(), compressed()],
  build: {
    manifest: true,
    outDir: "dist",
    target: "es2022",
    // React, Mantine and the query client come as one piece; the budget is 220 kB compressed.
    chunkSizeWarningLimit: 700,
    rollupOptions: { input: "src/main.tsx" },
  },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8000",
      "/ws": { target: "http://127.0.0.1:8000", ws: true },
    },
  },
});
