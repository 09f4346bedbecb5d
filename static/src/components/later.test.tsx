import { render, screen } from "@testing-library/react";
import { Component, type ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { later } from "./later";

const Words = ({ text }: { text: string }) => <p>{text}</p>;

it("shows its fallback until the code is here", async () => {
  const { Later } = later(async () => ({ default: Words }));
  render(<Later text="Here" fallback="Not yet" />);
  expect(screen.getByText("Not yet")).toBeInTheDocument();
  expect(await screen.findByText("Here")).toBeInTheDocument();
});

it("is drawn at once when its code was fetched ahead", async () => {
  const { Later, ahead } = later(async () => ({ default: Words }));
  ahead();
  await Promise.resolve();
  await Promise.resolve();
  render(<Later text="Here" fallback="Not yet" />);
  expect(screen.getByText("Here")).toBeInTheDocument();
});

it("hands a file that is gone to the error boundary", async () => {
  class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
    override state = { failed: false };
    static getDerivedStateFromError = () => ({ failed: true });
    override render = () => (this.state.failed ? "Gone" : this.props.children);
  }
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { Later } = later<{ text: string }>(() => Promise.reject(new Error("404")));
  render(
    <Boundary>
      <Later text="Here" />
    </Boundary>,
  );
  expect(await screen.findByText("Gone")).toBeInTheDocument();
});
