import "./mantine";
import "./app.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { ErrorBoundary } from "./components/ErrorBoundary";
import "./i18n";
import { createQueryClient } from "./queryClient";
import { cssVariablesResolver, theme } from "./theme";

/** Mantine writes its variables into a style element, which the content policy lets in by nonce. */
function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]');
  return meta?.nonce || meta?.content || "";
}

// The same for the scroll lock behind dialogs, which asks for it under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root element");

createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
  >
    <ErrorBoundary>
      <QueryClientProvider client={createQueryClient()}>
        <Notifications position="bottom-center" limit={3} containerWidth={380} className="toasts" />
        <App />
      </QueryClientProvider>
    </ErrorBoundary>
  </MantineProvider>,
);
