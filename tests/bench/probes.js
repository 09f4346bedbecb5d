// What a page measures of itself: put into every page of row g before its own scripts. All times are milliseconds
// of `performance.now()`, which begins with the navigation.
(() => {
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({
    type: "longtask",
    buffered: true,
  });

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  /** The time once what is in the document now has been drawn: a task after the next frame. */
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(null);
      });
    });

  const appears = (selector) =>
    new Promise((done) => {
      const look = () => {
        if (!document.querySelector(selector)) return false;
        observer.disconnect();
        done(painted());
        return true;
      };
      const observer = new MutationObserver(look);
      if (!look()) observer.observe(document, { childList: true, subtree: true });
    });

  /** Drawn, and free to answer: after the last long task that began within half a second of it. */
  const usable = async (selector) => {
    const shown = await appears(selector);
    await pause(1000);
    const busy = longTasks.filter(({ startTime }) => startTime < shown + 500);
    return Math.max(shown, ...busy.map(({ startTime, duration }) => startTime + duration));
  };

  /** From the next click until the selector is drawn. */
  const afterClick = (selector) =>
    new Promise((done) => {
      const clicked = (event) => appears(selector).then((at) => done(at - event.timeStamp));
      addEventListener("click", clicked, { capture: true, once: true });
    });

  /** From each key, as the browser received it, until what it changed is drawn. */
  const keys = () => {
    const took = [];
    addEventListener(
      "keydown",
      (event) => painted().then((at) => took.push(at - event.timeStamp)),
      { capture: true },
    );
    return took;
  };

  /** Scrolls upwards by the clock and tells how many milliseconds lay between the frames. */
  const scroll = (element, { seconds, pixelsPerSecond }) =>
    new Promise((done) => {
      const frames = [];
      const from = element.scrollTop;
      const step = (now) => {
        frames.push(now);
        const passed = (now - frames[0]) / 1000;
        element.scrollTop = from - passed * pixelsPerSecond;
        if (passed < seconds) return requestAnimationFrame(step);
        done(frames.slice(1).map((at, index) => at - frames[index]));
      };
      requestAnimationFrame(step);
    });

  /** The same rows without a program behind them: a still copy, as many as a scroll passes. */
  const stillCopy = (scroller, count) => {
    const list = scroller.querySelector("ul");
    const rows = [...list.children];
    const height = rows[0].offsetHeight;
    const { width, height: room } = scroller.getBoundingClientRect();
    const copy = scroller.cloneNode(false);
    copy.style.cssText = `position:fixed;left:0;top:0;width:${width}px;height:${room}px`;
    const still = list.cloneNode(false);
    still.style.height = `${count * height}px`;
    for (let place = 0; place < count; place += 1) {
      const row = rows[place % rows.length].cloneNode(true);
      row.style.transform = `translateY(${place * height}px)`;
      still.append(row);
    }
    copy.append(still);
    document.body.append(copy);
    document.getElementById("root").style.display = "none";
    copy.scrollTop = copy.scrollHeight;
    return copy;
  };

  window.bench = { appears, usable, afterClick, keys, scroll, stillCopy };
})();
