// News from the server over a WebSocket, reconnecting with growing pauses.

export class Live {
  /** `onNews` gets every frame; `onState` true or false: connected or not. */
  constructor(onNews, onState) {
    this.onNews = onNews;
    this.onState = onState;
    this.customer = null;
    this.pause = 500;
  }

  /** Follow the news of a customer (null: only what concerns everybody). */
  follow(customer) {
    this.customer = customer;
    this.stop();
    this.open();
  }

  stop() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  open() {
    const query = this.customer ? `?customer=${encodeURIComponent(this.customer)}` : "";
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/__sim/live${query}`);
    this.socket = socket;
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      const news = JSON.parse(event.data);
      if (news.type === "hello") {
        this.pause = 500;
        this.onState(true);
        this.onNews({ type: "reset" }); // what happened before this moment was not heard: read all again
        return;
      }
      this.onNews(news);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.onState(false);
      this.timer = setTimeout(() => this.open(), this.pause * (0.8 + Math.random() * 0.4));
      this.pause = Math.min(this.pause * 2, 10000);
    };
  }
}
