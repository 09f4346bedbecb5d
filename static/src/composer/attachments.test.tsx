import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aMessage } from "../test/builders";
import {
  fakeThread,
  lastPosted,
  openConversation,
  openThread,
  POST,
} from "../thread/test/openThread";

const scene = fakeThread();
const hello = aMessage();
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /Message to/ });
const picture = (name = "cat.png") => new File(["png"], name, { type: "image/png" });

/** An upload under way, finished by the test. */
class FakeUpload {
  static all: FakeUpload[] = [];
  upload: { onprogress?: (event: object) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = "";
  url = "";
  form = new FormData();
  aborted = false;
  constructor() {
    FakeUpload.all.push(this);
  }
  open(_method: string, url: string) {
    this.url = url;
  }
  setRequestHeader() {}
  send(form: FormData) {
    this.form = form;
  }
  abort() {
    this.aborted = true;
    this.onabort?.();
  }
  progress(share: number) {
    act(() => this.upload.onprogress?.({ lengthComputable: true, loaded: share, total: 1 }));
  }
  async answer(status: number, body: object) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    await act(async () => this.onload?.());
  }
  async done(id: string) {
    const kind = { kind: "image", mime_type: "image/png", size: 3, width: 9, height: 9 };
    await this.answer(201, { id, name: "cat.png", ...kind });
  }
}

const uploads = () => FakeUpload.all;
const uploading = (count: number) => waitFor(() => expect(uploads()).toHaveLength(count));
const first = () => uploads()[0] as FakeUpload;

beforeEach(() => {
  FakeUpload.all = [];
  vi.stubGlobal("XMLHttpRequest", FakeUpload);
});

async function attach(...files: File[]) {
  const opened = openThread(scene.server, [hello]);
  await field();
  await userEvent.upload(screen.getByLabelText("Attach files", { selector: "input" }), files, {
    applyAccept: false,
  });
  return opened;
}

describe("attachments", () => {
  it("are uploaded at once, with progress, and sent with the text as caption", async () => {
    await attach(picture());
    await uploading(1);
    expect(first().url).toBe("/api/v1/conversations/c1/uploads");
    expect((first().form.get("file") as File).name).toBe("cat.png");
    first().progress(0.4);
    expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
    await first().done("u1");
    expect(screen.queryByRole("progressbar")).toBeNull();
    await userEvent.type(await field(), "Our cat{Enter}");
    await waitFor(() =>
      expect(lastPosted(scene.server)).toMatchObject({
        type: "image",
        upload: "u1",
        text: "Our cat",
      }),
    );
    expect(screen.queryByRole("list", { name: "Files to send" })).toBeNull();
  });

  it("sent too early go by themselves once they are there", async () => {
    await attach(picture());
    await uploading(1);
    await userEvent.type(await field(), "soon{Enter}");
    expect(scene.server.asks(POST)).toEqual([]);
    await first().done("u1");
    await waitFor(() => expect(lastPosted(scene.server).upload).toBe("u1"));
  });

  it("are uploaded one after the other", async () => {
    await attach(picture("a.png"), picture("b.png"));
    await uploading(1);
    await first().done("u1");
    await uploading(2);
  });

  it("WhatsApp would not take are refused beside the file, before a byte is sent", async () => {
    await attach(new File(["x"], "tool.exe", { type: "application/x-msdownload" }));
    expect(await screen.findByText(/does not take this kind of file/)).toBeInTheDocument();
    expect(uploads()).toEqual([]);
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "Remove tool.exe" }));
    expect(screen.queryByText(/does not take/)).toBeNull();
  });

  it("the server refuses say why beside the file, and can be tried again", async () => {
    await attach(picture());
    await uploading(1);
    const refusal = { code: "file_type_refused", message: "Not a picture", field: "file" };
    await first().answer(400, { ...refusal, remedy: "Save it as PNG" });
    expect(await screen.findByText("Not a picture Save it as PNG")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Upload cat.png again" }));
    await uploading(2);
  });

  it("can be cancelled on their way", async () => {
    await attach(picture());
    await uploading(1);
    await userEvent.click(screen.getByRole("button", { name: "Remove cat.png" }));
    expect(first().aborted).toBe(true);
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  it("are kept with their captions, and go on uploading, while another conversation is open", async () => {
    const { leave } = await attach(picture("a.png"), picture("b.png"));
    await uploading(1);
    await userEvent.type(screen.getByLabelText("Caption of a.png"), "front");
    leave();
    expect(first().aborted).toBe(false);
    await first().done("u1");
    await uploading(2);
    openThread(scene.server, [hello]);
    expect(await screen.findByLabelText("Caption of a.png")).toHaveValue("front");
    await (uploads()[1] as FakeUpload).done("u2");
    await userEvent.type(await field(), "{Enter}");
    await waitFor(() => expect(lastPosted(scene.server).upload).toBe("u2"));
    expect(scene.server.asks(POST)[0]?.body).toMatchObject({ upload: "u1", text: "front" });
  });

  it("of one conversation are not another's", async () => {
    const { leave } = await attach(picture());
    await uploading(1);
    leave();
    const other = openConversation({ id: "c2" });
    scene.server.conversations = [other];
    openThread(scene.server, [hello], other);
    await field();
    expect(screen.queryByRole("list", { name: "Files to send" })).toBeNull();
  });

  it("come by paste, unless text was copied with a picture of itself", async () => {
    openThread(scene.server, [hello]);
    const files = [picture()];
    fireEvent.paste(await field(), { clipboardData: { files, types: ["Files", "text/plain"] } });
    expect(uploads()).toEqual([]);
    fireEvent.paste(await field(), { clipboardData: { files, types: ["Files"] } });
    await uploading(1);
  });

  it("come by dropping them anywhere on the thread", async () => {
    openThread(scene.server, [hello]);
    const bubble = await screen.findByRole("article");
    const dataTransfer = { files: [picture()], types: ["Files"] };
    fireEvent.dragEnter(bubble, { dataTransfer });
    expect(screen.getByText("Drop to attach")).toBeInTheDocument();
    fireEvent.drop(bubble, { dataTransfer });
    expect(screen.queryByText("Drop to attach")).toBeNull();
    await uploading(1);
  });
});
