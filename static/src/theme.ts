import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import { DARK, LIGHT } from "./colours";

// A quiet green-teal: near WhatsApp's own, dark enough at shade 9 for white text (AA).
const kefu: MantineColorsTuple = [
  "#e9f7f3",
  "#d3ece4",
  "#a6d9ca",
  "#74c5ad",
  "#4cb495",
  "#33aa86",
  "#22a57e",
  "#12805f",
  "#0c6f52",
  "#075e45",
];

const gray: MantineColorsTuple = [
  "#f8f9f9",
  "#f1f3f4",
  "#e7eaeb",
  "#dbdfe1",
  "#c6ccce",
  "#a4acb0",
  "#7d868b",
  "#5b6469",
  "#3d4549",
  "#20262a",
];

const dark: MantineColorsTuple = [
  "#d5d9dc",
  "#b2b9be",
  "#939ba1",
  "#6b747b",
  "#3d454b",
  "#2f363b",
  "#23292d",
  "#1a1f22",
  "#15191c",
  "#101316",
];

const FONTS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "PingFang TC", "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", sans-serif';

// Mantine's light variant is too faint for AA: darker words in light, paler ones in dark.
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== "light") return colors;
  const name = input.color || input.theme.primaryColor;
  if (!(name in input.theme.colors)) return colors;
  return {
    ...colors,
    color: `light-dark(var(--mantine-color-${name}-9), var(--mantine-color-${name}-2))`,
  };
};

export const theme = createTheme({
  primaryColor: "kefu",
  primaryShade: { light: 9, dark: 7 },
  autoContrast: true,
  colors: { kefu, gray, dark },
  fontFamily: FONTS,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.55", lg: "1.5", xl: "1.35" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "5px", md: "8px", lg: "12px", xl: "16px" },
  defaultRadius: "md",
  headings: { fontFamily: FONTS, fontWeight: "600" },
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    InputWrapper: {
      styles: { label: { marginBottom: 4 }, error: { marginTop: 5, fontSize: 12 } },
    },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { duration: 80 }, withinPortal: true },
    },
    Menu: { defaultProps: { transitionProps: { duration: 90, transition: "fade" }, shadow: "md" } },
    Popover: {
      defaultProps: { transitionProps: { duration: 90, transition: "fade" }, shadow: "md" },
    },
    Combobox: {
      defaultProps: { transitionProps: { duration: 90, transition: "fade" }, shadow: "md" },
    },
    // Its own grey is too faint for AA below a title.
    Notification: { styles: { description: { color: "var(--mantine-color-dimmed)" } } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120, transition: "fade" } },
      styles: { title: { fontWeight: 600 } },
    },
    Drawer: {
      defaultProps: { transitionProps: { duration: 140 } },
      styles: { title: { fontWeight: 600 } },
    },
  },
});

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: LIGHT,
  dark: DARK,
});
