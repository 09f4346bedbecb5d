import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    // A desk's screen, so that all panes are shown.
    environmentOptions: { happyDOM: { width: 1440, height: 900 } },
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    // Vitest's own choice leaves a core to the editor: on two cores, half of the time.
    maxWorkers: "100%",
    testTimeout: 15_000,
    // As with the Python tests: CI tells the unlucky from the broken.
    retry: process.env.CI ? 1 : 0,
  },
});
