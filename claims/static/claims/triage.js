/* Triage: one candidate after the other, without a page reload.

   The server sends candidates as HTML; this module swaps them in, asks for the next one while
   this one is looked at, and turns keys into presses of the buttons that are there. */

import { dress } from "./combobox.js";
import { SpanEditor, selectedSpan } from "./spans.js";

const root = document.getElementById("triage");
const stage = document.getElementById("triage-stage");
const saying = document.getElementById("triage-said");
const help = document.getElementById("triage-help");
const keysOn = document.getElementById("triage-keys-on");
const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
const query = root.dataset.query ? `?${root.dataset.query}` : "";
const KEYS = "fc-triage-keys";

let next = null; // a promise of the next candidate's HTML, or of "" behind the last
let nextKey = null;
let skipped = 0;
let busy = false;
let editor = null; // of the span, while it is mended
let rejecting = false;
let stanceChosen = false;

const page = () => stage.querySelector("[data-candidate]");
const card = () => stage.querySelector("[data-card]");
const key = () => page()?.dataset.candidate ?? "";
const isOpen = () => page()?.dataset.open === "1";
const text = () => stage.querySelector(".fc-text");

// --- Asking the server ------------------------------------------------------------------

async function send(path, values = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) if (one !== null && one !== undefined) body.append(name, one);
  }
  let response;
  try {
    response = await fetch(root.dataset.page + path, {
      method: "POST",
      headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" },
      body,
    });
  } catch {
    say("No connection: nothing was saved. Try again.", true);
    return null;
  }
  if (response.redirected || response.status === 403) {
    say("You are signed out, or may not do this. Nothing was saved: open the page again.", true);
    return null;
  }
  if (response.status === 404 || response.status >= 500) {
    say("The server could not do this. Nothing was saved: try again.", true);
    return null;
  }
  return response;
}

function say(words, isError = false) {
  saying.textContent = words;
  saying.classList.toggle("fc-error", isError);
}

function sayHtml(html) {
  // Escaped by the server; it may hold a link to the new claim.
  saying.innerHTML = html;
  saying.classList.remove("fc-error");
}

// --- Showing a candidate ----------------------------------------------------------------

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("[data-candidate]");
}

function show(html, { focus = true } = {}) {
  const fresh = parsed(html);
  if (!fresh) return;
  stopMending();
  const current = page();
  const pane = stage.querySelector(".fc-pane");
  const scrolled = current?.dataset.text === fresh.dataset.text && pane ? pane.scrollTop : null;
  stage.replaceChildren(fresh);
  stanceChosen = false;
  arrive(scrolled);
  if (focus) card()?.focus({ preventScroll: true });
}

function arrive(scrolled = null) {
  rejecting = false;
  const pane = stage.querySelector(".fc-pane");
  if (!pane) return;
  if (scrolled !== null) pane.scrollTop = scrolled;
  dress(stage, root.dataset.autocomplete);
  bringIntoView(pane);
  const address = new URLSearchParams(root.dataset.query);
  address.set("at", key());
  history.replaceState(null, "", `?${address}`);
  if (isOpen()) makeNextReady();
}

function bringIntoView(pane) {
  const marks = stage.querySelectorAll(`[data-covers~="${key()}"]`);
  marks.forEach((mark) => {
    mark.classList.add("fc-current");
    mark.setAttribute("aria-current", "true");
  });
  if (!marks.length) return;
  const mark = marks[0].getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (mark.top < frame.top + 20 || mark.bottom > frame.bottom - 40) {
    pane.scrollTop += mark.top - frame.top - frame.height / 3;
  }
}

function showEnd() {
  stopMending();
  stage.replaceChildren(document.getElementById("triage-end").content.cloneNode(true));
  const told = stage.querySelector("[data-skipped]");
  if (told) told.textContent = skipped ? `You skipped ${skipped}; they still wait.` : "Nothing was skipped.";
  history.replaceState(null, "", query || location.pathname);
  stage.querySelector("[data-end]")?.focus();
}

// --- The next candidate, ready before it is asked for ------------------------------------

function makeNextReady() {
  if (next && nextKey === key()) return;
  const mine = (nextKey = key());
  next = (async () => {
    const response = await send(`next/${query}`, { after: mine, keep: mine });
    if (!response) return null;
    return response.status === 204 ? "" : response.text();
  })();
}

async function advance(marked = "") {
  if (nextKey !== key()) makeNextReady();
  const decided = key();
  const html = await next;
  next = null;
  nextKey = null;
  if (html === null) return;
  if (html === "") {
    showEnd();
    return;
  }
  show(html);
  if (marked) {
    // It was made ready before this decision.
    for (const mark of stage.querySelectorAll(`[data-quote="${decided}"]`)) {
      mark.classList.replace("fc-candidate", `fc-${marked}`);
    }
  }
}

async function refreshMatches() {
  const mine = key();
  let response;
  try {
    response = await fetch(`${root.dataset.page}${mine}/matches/`);
  } catch {
    return;
  }
  if (!response.ok || response.redirected || mine !== key()) return;
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  const fresh = template.content.querySelector("[data-matches]");
  const old = stage.querySelector("[data-matches]");
  if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(fresh);
}

// --- What can be done --------------------------------------------------------------------

async function once(work) {
  if (busy) return;
  busy = true;
  stage.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    busy = false;
    stage.removeAttribute("aria-busy");
  }
}

function decide(form, submitter) {
  const values = Object.fromEntries(new FormData(form));
  if (submitter?.name) values[submitter.name] = submitter.value;
  const stance = card().querySelector("[name=stance]:checked")?.value ?? "asserts";
  values.stance = !stanceChosen && submitter?.dataset.stance ? submitter.dataset.stance : stance;
  return take(form.dataset.decision, values);
}

async function take(decision, values) {
  let made = false;
  await once(async () => {
    say("");
    const response = await send(`${key()}/decide/`, { ...values, decision, version: page().dataset.row });
    if (!response) return;
    if (response.headers.get("Content-Type")?.includes("json")) {
      const answer = await response.json();
      count(-1);
      await advance(answer.status);
      sayHtml(answer.said);
      made = decision === "new_claim";
      return;
    }
    const said = response.headers.get("X-Said");
    show(await response.text());
    if (said) say(decodeURIComponent(said));
    else card()?.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  });
  // The claim just made may be what the next candidate repeats. Nobody waits for it.
  if (made && isOpen()) await refreshMatches();
}

const openQuote = (pk) =>
  once(async () => {
    const response = await send(`${pk}/`);
    if (!response) return;
    next = null;
    nextKey = null;
    show(await response.text());
  });

const undo = () =>
  once(async () => {
    const response = await send("undo/");
    if (!response) return;
    const answer = await response.json();
    if (answer.quote) {
      const shown = await send(`${answer.quote}/`);
      next = null;
      nextKey = null;
      count(1);
      if (shown) show(await shown.text());
    }
    sayHtml(answer.said);
  });

const skip = () =>
  once(async () => {
    say("");
    if (isOpen()) skipped += 1;
    await advance();
  });

const restart = () =>
  once(async () => {
    skipped = 0;
    const response = await send(`next/${query}`);
    if (!response) return;
    if (response.status === 204) say("Nothing waits with these filters.");
    else show(await response.text());
  });

function count(change) {
  const waiting = root.querySelector("[data-waiting]");
  const left = Math.max(0, Number(waiting.dataset.waiting) + change);
  waiting.dataset.waiting = left;
  if (!waiting.textContent.includes("+")) waiting.textContent = left;
}

function open(name) {
  const panel = stage.querySelector(`details[data-panel="${name}"]`);
  if (!panel) return;
  panel.open = true;
  const field = panel.querySelector("input[type=text]");
  field.focus();
  field.select();
}

// --- The span ----------------------------------------------------------------------------

function mend() {
  if (!isOpen()) return;
  const chosen = selectedSpan(text());
  if (chosen) {
    take("span", chosen);
    return;
  }
  editor = new SpanEditor(text(), Number(page().dataset.start), Number(page().dataset.end));
  stage.querySelector("[data-span-hint]").hidden = false;
  stage.querySelector(".fc-pane").focus({ preventScroll: true });
  say("The ends of the quote: arrows move them, Enter saves, Esc leaves it as it was.");
}

function saveSpan() {
  const span = selectedSpan(text()) ?? editor.span;
  take("span", span);
}

function stopMending() {
  if (!editor) return;
  editor = null;
  window.getSelection().removeAllRanges();
  const hint = stage.querySelector("[data-span-hint]");
  if (hint) hint.hidden = true;
}

function mendingKey(event) {
  if (event.key === "Enter") saveSpan();
  else if (event.key === "Escape") {
    stopMending();
    say("");
    card().focus({ preventScroll: true });
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    editor.move(event.key === "ArrowLeft" ? -1 : 1, event.shiftKey, event.altKey);
  } else return false;
  return true;
}

// --- Keys --------------------------------------------------------------------------------

const press = (selector) => {
  const button = card()?.querySelector(selector);
  if (button) button.click();
  return Boolean(button);
};

function nextStance() {
  const radios = [...card().querySelectorAll("[name=stance]")];
  const at = radios.findIndex((radio) => radio.checked);
  const chosen = radios[(at + 1) % radios.length];
  if (!chosen) return;
  chosen.checked = true;
  stanceChosen = true;
  say(`The speaker ${chosen.value} it.`);
}

function startRejecting() {
  const panel = card()?.querySelector("[data-panel=reject]");
  if (!panel) return;
  rejecting = true;
  panel.classList.add("fc-armed");
  panel.scrollIntoView({ block: "nearest" });
  say("Reject: press the number of the reason, Esc to leave it.");
}

function stopRejecting() {
  rejecting = false;
  card()?.querySelector("[data-panel=reject]")?.classList.remove("fc-armed");
}

function drop(id) {
  const details = document.getElementById(id);
  details.open = true;
  details.querySelector("input:not([type=hidden]), a, select")?.focus();
}

const ACTIONS = {
  a: () => press("[data-key=a]"),
  e: () => {
    const field = card()?.querySelector("textarea");
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  },
  c: () => open("claim"),
  s: () => open("speaker"),
  n: () => open("new_speaker"),
  t: nextStance,
  r: startRejecting,
  j: skip,
  u: undo,
  x: mend,
  o: () => press("[data-own-page]"),
  f: () => drop("triage-filters"),
  v: () => drop("triage-views"),
  "?": () => help.showModal(),
};
const typing = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || help.open) return;
  const field = typing(event.target);
  if (field) {
    if (event.key === "Escape") {
      event.target.closest("details")?.removeAttribute("open");
      card()?.focus({ preventScroll: true });
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    } else if (event.key === "Enter" && event.target.name === "comment") {
      event.preventDefault(); // Enter here would be the first of the reasons.
      startRejecting();
      card()?.focus({ preventScroll: true });
    }
    return;
  }
  if (editor && mendingKey(event)) {
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !keysOn.checked) return;
  if (event.key === "Escape") {
    stopRejecting();
    say("");
    for (const details of root.querySelectorAll(".fc-drop[open]")) details.open = false;
    return;
  }
  if (event.key === "Enter" && stage.querySelector("[data-end]")) {
    if (!event.target.matches("a, button, summary")) press2("[data-act=restart]");
    return;
  }
  if (/^[1-9]$/.test(event.key)) {
    const done = rejecting ? press(`[data-reason="${event.key}"]`) : press(`[data-key="${event.key}"]`);
    if (done) event.preventDefault();
    return;
  }
  const action = ACTIONS[event.key];
  if (!action || busy) return;
  event.preventDefault();
  if (event.key !== "r") stopRejecting();
  action();
});

const press2 = (selector) => stage.querySelector(selector)?.click();

// --- Mouse, forms, the clock -------------------------------------------------------------

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "undo") undo();
  else if (act === "help") help.showModal();
  else if (act === "skip") skip();
  else if (act === "restart") restart();
  else if (act === "span") (editor ? saveSpan : mend)();
  const mark = event.target.closest(".fc-text a[data-quote]");
  if (mark && stage.contains(mark) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (window.getSelection().isCollapsed) openQuote(mark.dataset.quote);
  }
  for (const details of root.querySelectorAll(".fc-drop[open]")) {
    if (!details.contains(event.target)) details.open = false;
  }
});

stage.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-decision]");
  if (!form) return;
  event.preventDefault();
  decide(form, event.submitter);
});

stage.addEventListener("change", (event) => {
  if (event.target.name === "stance") stanceChosen = true;
});

// Pressing a button of the span must not take the selection away.
stage.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-act=span]")) event.preventDefault();
});

try {
  keysOn.checked = localStorage.getItem(KEYS) !== "off";
} catch {
  keysOn.checked = true;
}
keysOn.addEventListener("change", () => {
  try {
    localStorage.setItem(KEYS, keysOn.checked ? "on" : "off");
  } catch {
    // A browser that keeps nothing: it holds for this page.
  }
});

setInterval(async () => {
  if (document.hidden || !isOpen()) return;
  const following = next ? parsed((await next) || "") : null;
  const keys = [key(), following?.dataset.candidate].filter(Boolean);
  const response = await send("hold/", { quote: keys });
  if (response?.ok && (await response.json()).held < keys.length) {
    say("This candidate is not kept for you any more: a colleague may be looking at it.");
  }
}, (Number(root.dataset.holdSeconds) * 1000) / 3);

window.addEventListener("pagehide", () => {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  navigator.sendBeacon(`${root.dataset.page}hold/`, body);
});

dress(root, root.dataset.autocomplete);
arrive();
card()?.focus({ preventScroll: true });
