// Follows the vault: when the server has other bytes for this page, what changed in them is changed in the page,
// and nothing else: where you are, what you typed, chose, opened or marked stays.
"use strict";
(() => {
  const script = document.currentScript;
  const stream = new URL("live", script.src);
  const PATIENCE = 20_000; // the server calls every five seconds
  const AWAY = "goalkit serve does not answer: this page is as it was.";
  // What a script of the page has built up cannot be mended piece by piece: it is laid down new, and the script run again.
  const SCRIPTED = "#filter, #goals";
  let tag = script.dataset.tag;

  // ---- the page ----

  const kind = (node) => node.nodeType === Node.ELEMENT_NODE
    ? `${node.nodeName} ${node.id} ${node.getAttribute("class") ?? ""} ${node.getAttribute("href") ?? ""}`
    : String(node.nodeType);
  const exact = (node) => node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : `${node.nodeType} ${node.nodeValue}`;

  // Pairs each new child with an old one: the very same first, then one of its kind, each in their order.
  const paired = (olds, news) => {
    const pairs = new Map();
    const taken = new Set();
    for (const likeness of [exact, kind]) {
      const left = new Map();
      for (const old of olds) {
        if (taken.has(old)) continue;
        const key = likeness(old);
        if (!left.has(key)) left.set(key, []);
        left.get(key).push(old);
      }
      for (const made of news) {
        const old = pairs.has(made) ? undefined : left.get(likeness(made))?.shift();
        if (!old) continue;
        pairs.set(made, old);
        taken.add(old);
      }
    }
    return pairs;
  };

  const mendAttributes = (old, made) => {
    for (const { name, value } of made.attributes) {
      if (old.getAttribute(name) !== value && !(name === "open" && old.nodeName === "DETAILS")) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
      if (!made.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
    }
  };

  const mend = (old, made) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== made.nodeValue) old.nodeValue = made.nodeValue;
      return;
    }
    if (old.matches(SCRIPTED)) return;
    mendAttributes(old, made);
    mendChildren(old, made);
  };

  const mendChildren = (into, from) => {
    let olds = [...into.childNodes];
    let news = [...from.childNodes];
    const same = (a, b) => a.isEqualNode(b);
    while (olds.length && news.length && same(olds[0], news[0])) { olds.shift(); news.shift(); }
    let after = null;
    while (olds.length && news.length && same(olds.at(-1), news.at(-1))) { after = olds.pop(); news.pop(); }
    const pairs = paired(olds, news);
    const kept = new Set(pairs.values());
    for (const old of olds) if (!kept.has(old)) old.remove();
    let here = olds.find((old) => kept.has(old)) ?? after;
    for (const made of news) {
      const old = pairs.get(made);
      if (old) mend(old, made);
      const node = old ?? document.importNode(made, true);
      if (node === here) here = here.nextSibling;
      else into.insertBefore(node, here);
    }
  };

  // ---- what a script of the page has built up ----

  const name = (input) => input.id || `${input.name} ${input.value}`;

  const state = (parts) => {
    const all = (selector) => parts.flatMap((part) => [...part.querySelectorAll(selector)]);
    const focused = document.activeElement;
    const heads = all("th[scope=col]");
    return {
      inputs: new Map(all("input").map((input) => [input.type === "checkbox" ? name(input) : input.id, [input.value, input.checked]])),
      sorted: heads.findIndex((head) => head.hasAttribute("aria-sort")),
      down: heads.some((head) => head.getAttribute("aria-sort") === "descending"),
      hidden: new Set(all("tr[hidden] a").map((link) => link.getAttribute("href"))),
      focus: parts.some((part) => part.contains(focused)) && {
        input: focused.nodeName === "INPUT" && name(focused),
        href: focused.getAttribute("href"),
        head: heads.findIndex((head) => head.contains(focused)),
        marks: focused.type === "search" ? [focused.selectionStart, focused.selectionEnd] : null,
      },
    };
  };

  const restore = (was) => {
    const heads = [...document.querySelectorAll("#goals th[scope=col]")];
    for (let turn = 0; was.sorted >= 0 && turn <= was.down; turn += 1) heads[was.sorted]?.querySelector("button")?.click();
    if (!was.focus) return;
    const { input, href, head, marks } = was.focus;
    const target = input ? [...document.querySelectorAll("#filter input")].find((one) => name(one) === input)
      : href ? document.querySelector(`#goals a[href="${CSS.escape(href)}"]`)
      : heads[head]?.querySelector("button");
    target?.focus({ preventScroll: true });
    if (marks) target?.setSelectionRange(...marks);
  };

  let laid = "";
  const relay = (next) => {
    const olds = [...document.querySelectorAll(SCRIPTED)];
    const news = olds.map((old) => next.getElementById(old.id));
    const author = [...document.scripts].find((one) => one.src && one !== script);
    const source = news.map((made) => made.outerHTML).join("");
    if (!olds.length || !author || source === laid) return false;
    laid = source;
    const was = state(olds);
    olds.forEach((old, index) => {
      const made = document.importNode(news[index], true);
      made.hidden = old.hidden;
      for (const input of made.querySelectorAll("input")) {
        const [value, checked] = was.inputs.get(input.type === "checkbox" ? name(input) : input.id) ?? [input.value, input.checked];
        Object.assign(input, { value, checked });
      }
      for (const row of made.querySelectorAll("tbody tr")) row.hidden = was.hidden.has(row.querySelector("a")?.getAttribute("href"));
      old.replaceWith(made);
    });
    const again = document.createElement("script");
    again.src = author.src;
    again.addEventListener("load", () => restore(was));
    author.replaceWith(again);
    return Boolean(was.focus);
  };

  // ---- from one version to the next ----

  // What begins within the window, from its upper third on, and where: one of it will hold the page in its place.
  const inSight = () => [3, 4, 5, 6, 7, 8, 9, 2, 1]
    .flatMap((tenth) => document.elementsFromPoint(innerWidth / 2, innerHeight * tenth / 10))
    .filter((one) => one.closest("main > *"))
    .map((one) => [one, one.getBoundingClientRect().top])
    .filter(([, top]) => top >= 0);

  const turn = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    const mark = next.querySelector("script[data-tag]");
    if (!mark) return;
    if (next.querySelectorAll(SCRIPTED).length !== document.querySelectorAll(SCRIPTED).length) {
      location.reload(); // another page altogether
      return;
    }
    const held = scrollY > 0 ? inSight() : [];
    const focused = document.activeElement;
    document.title = next.title;
    for (const part of ["body > header", "main", "body > footer", "#live-notices"]) {
      const [old, made] = [document.querySelector(part), next.querySelector(part)];
      if (old && made) mend(old, made);
    }
    const refocuses = relay(next);
    const [still, top] = held.find(([one]) => one.isConnected) ?? [];
    if (still) scrollBy({ top: still.getBoundingClientRect().top - top, behavior: "instant" });
    if (!refocuses && focused !== document.body && !focused?.isConnected && document.activeElement === document.body) {
      document.querySelector("main")?.focus({ preventScroll: true });
    }
    tag = mark.dataset.tag;
  };

  let asking = false;
  let askAgain = false;
  const ask = async () => {
    askAgain = asking;
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch(location.pathname, { headers: { "If-None-Match": `"${tag}"` }, cache: "no-store" });
      if (answer.status === 200 || answer.status === 404) turn(await answer.text());
    } catch {
      // The server has gone meanwhile; the next connection asks again.
    } finally {
      asking = false;
      if (askAgain) ask();
    }
  };

  // ---- the stream: one number for each version ----

  let source = null;
  let version = null;
  let alarm = 0;
  let wait = 500;
  const away = (text) => {
    const line = document.getElementById("live-away");
    if (line && line.textContent !== text) line.textContent = text;
  };
  const leave = () => {
    clearTimeout(alarm);
    source?.close();
    source = version = null;
  };
  const retry = () => {
    leave();
    alarm = setTimeout(join, wait);
    if (wait > 1500) away(AWAY);
    wait = Math.min(wait * 2, 4000);
  };
  const join = () => {
    leave();
    if (document.hidden) return; // a browser has few connections to spare for tabs that nobody sees
    source = new EventSource(stream);
    alarm = setTimeout(retry, PATIENCE);
    source.addEventListener("error", retry);
    source.addEventListener("message", ({ data }) => {
      clearTimeout(alarm);
      alarm = setTimeout(retry, PATIENCE);
      wait = 500;
      away("");
      if (data !== version) ask();
      version = data;
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : join()));
  addEventListener("pageshow", ({ persisted }) => persisted && join());
  addEventListener("online", join);
  addEventListener("pagehide", leave);
  join();
})();
