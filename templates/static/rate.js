// The rating pages' script: keeps what is typed and sends it, as one types, and says in words how it stands.
// Everything waits in the outbox until the server has acknowledged it. Nothing ever blocks the page, and
// without this script the page's form does the same with a button.

import { Outbox, moment } from "./outbox.js";

const TYPING_PAUSE = 1000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const ANSWER_WITHIN = 15000;
const ENTRIES_AT_ONCE = 100;
const KEEPALIVE_CHARACTERS = 30000;
const STUCK_MAX = 3;

const SIGN_IN = "Sign in again to send what is kept on this device";
const NOT_SENT = "Kept on this device, not yet sent";
const NOT_SAFE = "This device’s storage is full or closed. Keep this page open until what you typed is sent";
const NOT_TAKEN = "Kept on this device; the server would not take it. Tell the centre manager";
const CANNOT_LOCK = "Not everything has been sent yet, so it cannot be locked now. It is kept on this device.";
const LOCKED_BEFORE = "the sheet was locked before it came";

export function startRating() {
  const places = Array.from(document.querySelectorAll("[data-rate]"));
  if (!places.length) return;
  const { rateAccount, ratePost, rateZone, rateSheet } = places[0].dataset;
  const outbox = new Outbox(rateAccount);
  const form = document.querySelector("[data-rate-form]");
  const check = document.querySelector("[data-rate-check]");
  const held = document.querySelector("[data-rate-held]");
  let why = "";
  let savedAt = "";
  let sending = null;
  let timer = 0;
  let wait = FIRST_WAIT;

  // Sending ------------------------------------------------------------------------------------------------

  // Sends all that waits. One at a time: whoever asks meanwhile waits for the same end, and then for another.
  function send(leaving = false) {
    clearTimeout(timer);
    if (sending) return sending.then(() => (ours().length && !why ? send() : undefined));
    sending = sendAll(leaving).finally(() => {
      sending = null;
      show();
    });
    return sending;
  }

  async function sendAll(leaving) {
    const stuck = new Set();
    let most = ENTRIES_AT_ONCE;
    why = "";
    outbox.keepMemory();
    for (let batch; (batch = next(most, stuck)).length; ) {
      const outcome = await post(batch, leaving);
      if (outcome.kept) {
        take(batch, outcome);
        const left = new Set(outbox.waiting().map(([place]) => place));
        for (const [place] of batch) if (left.has(place)) stuck.add(place);
        wait = FIRST_WAIT;
      } else if (outcome.isRefusal && batch.length > 1) {
        // One of them is at fault; the others must not wait for it.
        most = 1;
      } else if (outcome.isRefusal && stuck.size < STUCK_MAX) {
        why = outcome.why;
        stuck.add(batch[0][0]);
      } else {
        why = outcome.why || why;
        break;
      }
      show();
    }
    if (stuck.size) why = why || NOT_TAKEN;
    if (outbox.waiting().length) later();
  }

  function later() {
    clearTimeout(timer);
    // Not all at the same moment when the network is back.
    timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(send, TYPING_PAUSE);
  }

  // The oldest entries of one device, so that what was typed first comes first.
  function next(most, stuck) {
    const waiting = outbox.waiting().filter(([place]) => !stuck.has(place));
    const end = waiting.findIndex(([, entry]) => entry.device !== waiting[0][1].device);
    return waiting.slice(0, Math.min(most, end < 0 ? waiting.length : end));
  }

  async function post(batch, leaving) {
    const entries = batch.map(([, entry]) => ({
      number: entry.number,
      sheet: entry.sheet,
      criterion: entry.criterion,
      rating: entry.rating,
      evidence: entry.evidence,
      typed_at: entry.typed_at,
    }));
    const sent = { device: batch[0][1].device, account: rateAccount, sent_at: moment(), entries };
    const body = JSON.stringify(sent);
    for (const [place] of batch) outbox.tried.add(place);
    try {
      const answer = await fetch(ratePost, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body,
        redirect: "manual",
        cache: "no-store",
        keepalive: leaving && body.length < KEEPALIVE_CHARACTERS,
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      // Whoever is signed out would be led to the page for signing in.
      if (answer.type === "opaqueredirect" || answer.status === 409) return { why: SIGN_IN };
      if (answer.ok) return await answer.json();
      return { isRefusal: answer.status < 500, why: answer.status < 500 ? NOT_TAKEN : NOT_SENT };
    } catch {
      return { why: NOT_SENT };
    }
  }

  // What the server has need not be kept here any more; what it will never take is told.
  function take(batch, outcome) {
    const byNumber = new Map(batch.map(([place, entry]) => [entry.number, [place, entry]]));
    for (const { number, saved_at: at, was_locked: tooLate } of outcome.kept) {
      const [place, entry] = byNumber.get(number);
      if (tooLate) outbox.refuse(place, entry, LOCKED_BEFORE);
      else if (at > savedAt) savedAt = at;
      outbox.remove(place);
    }
    for (const { number, why: reason } of outcome.refused) outbox.refuse(...byNumber.get(number), reason);
    showRefused();
  }

  // What waits for the sheet of this page; on a page of all sheets, everything.
  function ours() {
    return outbox.waiting().filter(([, entry]) => !rateSheet || entry.sheet === rateSheet);
  }

  // Saying how it stands -----------------------------------------------------------------------------------

  function show() {
    const waiting = outbox.waiting();
    let words = "";
    if (waiting.length) {
      words = why || NOT_SENT;
      if (!outbox.isSafe && words !== SIGN_IN) words = NOT_SAFE;
      if (!rateSheet) words += `: ${waiting.length === 1 ? "1 entry" : `${waiting.length} entries`}`;
    } else if (savedAt) {
      words = `Saved ${clock(savedAt)}`;
    }
    for (const place of places) {
      const state = place.querySelector("[data-rate-state]");
      place.classList.toggle("app-saving--waits", waiting.length > 0);
      if (words && state.textContent !== words) tell(state, words);
    }
    if (check) check.hidden = ours().length > 0;
    if (held && !ours().length) held.hidden = true;
  }

  function tell(state, words) {
    state.textContent = words;
    if (!words.startsWith(SIGN_IN)) return;
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = words;
    state.replaceChildren(link);
  }

  function clock(at) {
    const style = { timeZone: rateZone || undefined, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    return new Intl.DateTimeFormat("en-GB", style).format(new Date(at));
  }

  function showRefused() {
    const box = document.querySelector("[data-rate-refused]");
    if (!box) return;
    const entries = outbox.refused();
    const lines = entries.map((entry) => {
      const line = document.createElement("li");
      const rating = entry.rating === null ? "no rating" : `rating ${entry.rating}`;
      line.textContent = `${entry.label || entry.criterion}: ${rating}. “${entry.evidence}” (${entry.why})`;
      return line;
    });
    box.querySelector("[data-rate-refused-list]").replaceChildren(...lines);
    box.hidden = !entries.length;
  }

  function holdBack() {
    held.textContent = why === SIGN_IN ? `${CANNOT_LOCK} ${SIGN_IN}.` : CANNOT_LOCK;
    held.hidden = false;
    show();
  }

  // The sheet ----------------------------------------------------------------------------------------------

  const criteria = form ? Array.from(form.querySelectorAll("[data-criterion]"), prepared) : [];

  function prepared(box) {
    const evidence = box.querySelector("textarea");
    const radios = Array.from(box.querySelectorAll("input[type=radio]"));
    const name = box.querySelector("legend").lastChild.textContent.trim();
    const one = { box, evidence, radios, name, criterion: box.dataset.criterion, typedAt: box.dataset.typed };
    evidence.addEventListener("input", () => changed(one, false));
    evidence.addEventListener("change", () => send());
    for (const radio of radios) radio.addEventListener("change", () => changed(one, true));
    return one;
  }

  function changed(one, atOnce) {
    const rating = one.radios.find((radio) => radio.checked)?.value ?? "";
    const text = one.evidence.value;
    const added = outbox.add({
      sheet: rateSheet,
      criterion: one.criterion,
      label: `${document.querySelector("h1").dataset.rateName || ""} ${one.name}`.trim(),
      rating: rating === "" ? null : Number(rating),
      // Half a character, which a keyboard may leave behind, cannot be sent.
      evidence: text.toWellFormed ? text.toWellFormed() : text,
    });
    one.typedAt = added.typed_at;
    why = why === SIGN_IN ? why : "";
    show();
    progress();
    if (atOnce) send();
    else soon();
  }

  // Puts into the page what waits here and is newer than what the server knew.
  function fill() {
    for (const [, entry] of ours()) {
      const one = criteria.find((each) => each.criterion === entry.criterion);
      if (!one || one.box.contains(document.activeElement)) continue;
      if (one.typedAt && Date.parse(entry.typed_at) < Date.parse(one.typedAt)) continue;
      one.typedAt = entry.typed_at;
      one.evidence.value = entry.evidence;
      const wanted = entry.rating === null ? "" : String(entry.rating);
      for (const radio of one.radios) radio.checked = radio.value === wanted;
    }
    progress();
  }

  function progress() {
    const place = document.querySelector("[data-rate-progress]");
    if (!place) return;
    const rated = criteria.filter((one) => one.radios.some((radio) => radio.checked && radio.value !== "")).length;
    const told = criteria.filter((one) => one.evidence.value.trim()).length;
    place.textContent = `${rated} of ${criteria.length} rated, ${told} with evidence`;
  }

  // Locking goes on only when the server has everything.
  async function lock(event) {
    event.preventDefault();
    await send();
    if (ours().length) holdBack();
    else location.assign(form.action + "/lock");
  }

  async function checkBeforeLock() {
    if (!ours().length) return;
    holdBack();
    await send();
    // What is shown is older than what has just been sent.
    if (!ours().length) location.reload();
  }

  form?.querySelector("[data-rate-save]").remove();
  form?.addEventListener("submit", lock);
  check?.querySelector("form").addEventListener("submit", (event) => {
    if (!ours().length) return;
    event.preventDefault();
    checkBeforeLock();
  });
  document.querySelector("[data-rate-refused-noted]")?.addEventListener("click", () => {
    outbox.forgetRefused();
    showRefused();
  });
  addEventListener("online", () => {
    wait = FIRST_WAIT;
    send();
  });
  addEventListener("pagehide", () => outbox.waiting().length && send(true));
  document.addEventListener("visibilitychange", () => outbox.waiting().length && send(document.hidden));
  addEventListener("storage", (event) => {
    if (!outbox.isAbout(event.key)) return;
    if (event.newValue) fill();
    show();
  });
  addEventListener("beforeunload", (event) => {
    if (!outbox.isSafe) event.preventDefault();
  });

  fill();
  show();
  showRefused();
  if (check) checkBeforeLock();
  else if (outbox.waiting().length) send();
}
