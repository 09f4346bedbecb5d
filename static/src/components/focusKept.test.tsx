import { MantineProvider, Menu, Modal } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { useFocusKept } from "./focusKept";

function Page() {
  useFocusKept();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Ask
      </button>
      <Menu>
        <Menu.Target>
          <button type="button">More</button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen(true)}>Ask from the menu</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && (
        <Modal opened onClose={() => setOpen(false)} title="Really?">
          <input aria-label="Why" />
        </Modal>
      )}
    </>
  );
}

function openPage() {
  render(
    <MantineProvider env="test">
      <Page />
    </MantineProvider>,
  );
}

it("gives the focus back to what opened a dialog that is mounted open", async () => {
  openPage();
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  await userEvent.click(await screen.findByLabelText("Why"));
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.getByRole("button", { name: "Ask" })).toHaveFocus();
});

it("gives it back to the menu's button where the entry that opened it is gone", async () => {
  openPage();
  await userEvent.click(screen.getByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Ask from the menu" }));
  await userEvent.click(await screen.findByLabelText("Why"));
  await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.getByRole("button", { name: "More" })).toHaveFocus();
});

function List() {
  useFocusKept();
  const [rows, setRows] = useState(["one", "two"]);
  return (
    <ul data-keeps-focus tabIndex={-1}>
      {rows.map((row) => (
        <li key={row}>
          <button type="button" onClick={() => setRows(rows.filter((one) => one !== row))}>
            Archive {row}
          </button>
        </li>
      ))}
    </ul>
  );
}

it("stays in a list whose line goes, and is nobody's business elsewhere", async () => {
  render(<List />);
  await userEvent.click(screen.getByRole("button", { name: "Archive one" }));
  await waitFor(() => expect(screen.getByRole("list")).toHaveFocus());
  await userEvent.tab();
  expect(screen.getByRole("button", { name: "Archive two" })).toHaveFocus();
});
