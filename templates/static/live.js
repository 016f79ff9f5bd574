// Keeps parts of a page up to date: those made by the macro `live`. Asks while the page is looked at, waits
// longer where no answer comes, and leaves alone what the reader has opened or stands on.

const LONGEST_WAIT = 30000;

export function keepLive() {
  document.querySelectorAll("[data-live]").forEach(follow);
}

function follow(part) {
  const every = Number(part.dataset.liveSeconds || 2) * 1000;
  const said = document.getElementById(part.id + "-said");
  const lost = document.getElementById(part.id + "-lost");
  let wait = every;
  let words = wordsOf(part);

  async function ask() {
    if (document.hidden) return later();
    try {
      const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html" }, cache: "no-store" });
      // Whoever was signed out meanwhile is led to another page, which does not belong in here.
      if (answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      replace(part, await answer.text());
      wait = every;
      lost.hidden = true;
    } catch {
      wait = Math.min(wait * 2, LONGEST_WAIT);
      lost.hidden = false;
    }
    const now = wordsOf(part);
    if (now !== words) said.textContent = words = now;
    const end = lost.hidden && part.querySelector("[data-live-stop]");
    if (!end) return later();
    if (end.dataset.liveGo) location.assign(end.dataset.liveGo);
  }

  function later() {
    setTimeout(ask, wait);
  }

  if (!part.querySelector("[data-live-stop]")) later();
}

function wordsOf(part) {
  return Array.from(part.querySelectorAll("[data-live-say]"), (one) => one.textContent.trim()).join(" ");
}

function replace(part, html) {
  const open = Array.from(part.querySelectorAll("details[id][open]"), (one) => one.id);
  const here = part.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = Array.from(part.querySelectorAll("[id].app-scroll"), (one) => [one.id, one.scrollLeft]);
  part.innerHTML = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, left] of scrolled) document.getElementById(id)?.scrollTo({ left });
  if (here) document.getElementById(here)?.focus({ preventScroll: true });
}
