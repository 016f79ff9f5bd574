// What was typed on this device and is not known to be on the server: kept over reloads, sent until the server
// says that it has it. Entries of one person are kept apart from those of others who use the same browser.
//
// Each time a page is opened it is a device of its own, with a new random name, and counts its entries from 1.
// So no two tabs ever give the same number, and no number is ever given twice. Each entry has a place of its
// own in the storage: tabs never write over one another.

const WAITING = "stepup-rating";
const REFUSED = "stepup-refused";
const CLOCK = "stepup-rating-clock";

export class Outbox {
  constructor(account) {
    this.device = randomName();
    this.number = 0;
    this.account = account;
    this.tried = new Set();
    // What the browser's storage would not take, here as long as this page is open.
    this.memory = new Map();
    this.refusedInMemory = [];
    this.latest = new Map();
  }

  // One more entry; it has its number before anybody is asked to take it.
  add(entry) {
    const number = ++this.number;
    const place = `${WAITING}:${this.account}:${this.device}:${number}`;
    const whole = { ...entry, device: this.device, number, typed_at: moment() };
    this.keep(place, whole);
    const what = JSON.stringify([entry.sheet, entry.criterion]);
    const before = this.latest.get(what);
    // What was typed over before it was ever sent need not be sent any more.
    if (before && !this.tried.has(before)) this.remove(before);
    this.latest.set(what, place);
    return whole;
  }

  // Everything that waits, in the order in which it was typed: pairs of its place and the entry.
  waiting() {
    const found = [...stored(`${WAITING}:${this.account}:`), ...this.memory];
    const order = ([, a], [, b]) =>
      a.typed_at.localeCompare(b.typed_at) || a.device.localeCompare(b.device) || a.number - b.number;
    return found.sort(order);
  }

  // Whether everything that waits is also kept over a reload.
  get isSafe() {
    return this.memory.size === 0;
  }

  remove(place) {
    this.memory.delete(place);
    attempt(() => localStorage.removeItem(place));
  }

  refuse(place, entry, why) {
    const whole = { ...entry, why };
    this.remove(place);
    const kept = attempt(() => localStorage.setItem(place.replace(WAITING, REFUSED), JSON.stringify(whole)));
    if (!kept) this.refusedInMemory.push(whole);
  }

  // What the server will never take, with its reason; until the person has seen it.
  refused() {
    return [...stored(`${REFUSED}:${this.account}:`).map(([, entry]) => entry), ...this.refusedInMemory];
  }

  forgetRefused() {
    this.refusedInMemory = [];
    for (const [place] of stored(`${REFUSED}:${this.account}:`)) attempt(() => localStorage.removeItem(place));
  }

  keep(place, entry) {
    if (!attempt(() => localStorage.setItem(place, JSON.stringify(entry)))) this.memory.set(place, entry);
  }

  // Where there is room again, what was kept in memory alone goes into the storage.
  keepMemory() {
    for (const [place, entry] of this.memory) {
      if (attempt(() => localStorage.setItem(place, JSON.stringify(entry)))) this.memory.delete(place);
    }
  }

  // Whether a change of the storage, made by another tab, is about this outbox.
  isAbout(place) {
    return place === null || place.startsWith(`${WAITING}:${this.account}:`);
  }
}

function stored(prefix) {
  const found = [];
  attempt(() => {
    for (let at = 0; at < localStorage.length; at++) {
      const place = localStorage.key(at);
      if (!place.startsWith(prefix)) continue;
      const entry = read(localStorage.getItem(place));
      if (entry) found.push([place, entry]);
    }
  });
  return found;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// The storage may be full, closed by the browser's settings, or absent.
function attempt(act) {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

// This device's clock, which never goes back from one entry to the next.
export function moment() {
  let now = Date.now();
  attempt(() => {
    now = Math.max(now, Number(localStorage.getItem(CLOCK) || 0) + 1);
    localStorage.setItem(CLOCK, String(now));
  });
  return new Date(now).toISOString();
}

function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
}
