import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import i18n from "../i18n";
import { notifyNews, notifyUndo } from "./toasts";

beforeEach(async () => {
  await i18n.changeLanguage("en");
  render(
    <MantineProvider env="test">
      <Notifications />
    </MantineProvider>,
  );
});

afterEach(() => act(() => notifications.clean()));

const tell = (title: string, urgent = false, onOpen = () => {}) =>
  act(() => notifyNews({ title, words: "The promise is broken", urgent, onOpen }));
const titles = () => screen.getAllByRole("status").map((toast) => toast.textContent);

it("shows one piece of news at a time, the latest, and how many more there are", async () => {
  const open = vi.fn();
  act(() => notifyUndo("Resolved", () => {}));
  tell("First");
  tell("Second");
  tell("Third", false, open);
  await waitFor(() => expect(titles()).toHaveLength(2));
  expect(screen.getByText("Third")).toBeInTheDocument();
  expect(screen.getByText(/and 2 more/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Undo" })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  expect(open).toHaveBeenCalledOnce();
  tell("Fourth");
  await waitFor(() => expect(screen.getByText("Fourth")).toBeInTheDocument());
  await waitFor(() => expect(screen.queryByText(/more/)).toBeNull());
});

it("lets nothing less urgent take an urgent one's place", async () => {
  tell("Fraud", true);
  tell("Assigned");
  await waitFor(() => expect(screen.getByText(/and 1 more/)).toBeInTheDocument());
  await waitFor(() => expect(screen.getAllByText("Fraud")).toHaveLength(1));
  expect(screen.queryByText("Assigned")).toBeNull();
});
