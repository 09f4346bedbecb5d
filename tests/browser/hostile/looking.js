// What a page holds: its texts, and whatever in it should not be there. Called with the pattern of a mark, and with
// the one other site that our own pages lead to over plain http: the simulator's, on this machine.
([pattern, simulator]) => {
  const mark = new RegExp(pattern, "g");
  const faults = [];
  const texts = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const told = (element) => element.outerHTML.slice(0, 160);
  // Text that turns the reading direction is shut in by a block or by isolation of its own.
  const shutIn = (node) => {
    for (let box = node.parentElement; box; box = box.parentElement) {
      const { display, unicodeBidi } = getComputedStyle(box);
      const isolates = unicodeBidi === "plaintext" || box.dir === "auto";
      if (isolates || (display === "inline" && unicodeBidi.startsWith("isolate"))) return true;
      if (display !== "inline" && display !== "contents") {
        return box.textContent.trim() === node.textContent.trim();
      }
    }
    return true;
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.tagName === "SCRIPT" || parent.tagName === "STYLE") {
      if (mark.test(node.data)) faults.push(`inside ${told(parent)}`);
      mark.lastIndex = 0;
      continue;
    }
    texts.push(node.data);
    if (/[\u202A-\u202E\u2066-\u2069]/.test(node.data) && parent.tagName !== "TITLE" && !shutIn(node)) {
      faults.push(`turns what stands beside it: ${told(parent)}`);
    }
  }
  const shows = /^(value|title|alt|placeholder|aria-label|content|label|download|data-[\w-]+)$/;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const marked = value.search(mark) >= 0 || name.search(mark) >= 0;
      if (/^on/.test(name)) faults.push(`an inline handler: ${told(element)}`);
      if (marked && shows.test(name)) texts.push(value);
      else if (marked && name === "href" && element.tagName === "A") {
        const { protocol, origin } = new URL(value, location.href);
        const ours = origin === location.origin && !value.startsWith("//");
        const safe = protocol === "https:" && /noopener/.test(element.rel) && /^https:\/\//.test(value);
        if (!ours && !safe) faults.push(`leads to ${value}`);
      } else if (marked && !/^(id|for|aria-\w+|key)$/.test(name)) faults.push(`${name} of ${told(element)}`);
      if (/^(src|href|action|formaction)$/.test(name) && /^\s*(http:|javascript:|data:text)/i.test(value)) {
        if (!value.startsWith(location.origin) && !value.startsWith(simulator)) faults.push(`${name}=${value.slice(0, 80)}`);
      }
    }
    if (element.target === "_blank" && !/noopener|noreferrer/.test(element.rel)) faults.push(`opens unsafely: ${told(element)}`);
    if ("value" in element && typeof element.value === "string") texts.push(element.value);
    if (/^(IFRAME|OBJECT|EMBED|BASE|FRAME|APPLET)$/.test(element.tagName)) faults.push(told(element));
  }
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (!form.querySelector("[name=csrfmiddlewaretoken]")) faults.push(`without a token: ${told(form)}`);
  }
  return { faults, text: texts.join(" \n "), title: document.title };
}
