// Small comforts; every page works without them.
'use strict';

// Alt+K search, Alt+N new dossier, Alt+H queue: with a modifier, so that typing never triggers them.
document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    const form = event.target.closest('form[data-ctrl-enter]');
    if (form) { event.preventDefault(); form.requestSubmit(form.querySelector('button.main')); }
    return;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const target = document.querySelector(`[aria-keyshortcuts="Alt+${event.key.toUpperCase()}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
  if (target.matches('a')) target.click();
});

// A form is sent once, however often the button is pressed.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-once]')) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
});
window.addEventListener('pageshow', () => {
  document.querySelectorAll('form[data-sent]').forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'));
  });
});

document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
});
document.querySelector('[data-focus]')?.focus();

// One box in the head of a list ticks every box of the page.
document.querySelectorAll('[data-tick-all]').forEach((label) => {
  label.hidden = false;
  label.querySelector('input').addEventListener('change', (event) => {
    label.closest('table').querySelectorAll('tbody input[type=checkbox]').forEach((box) => { box.checked = event.target.checked; });
  });
});

// A page that turns by itself (the board in the hall) or looks again (while figures are computed). It only
// leaves when the next page is there: a screen without network keeps what it shows, and says so.
document.querySelectorAll('[data-turn]').forEach((box) => {
  const pause = document.querySelector('[data-turn-pause]');
  const offline = document.querySelector('[data-turn-offline]');
  let timer;
  const wait = () => { timer = setTimeout(turn, Number(box.dataset.turn) * 1000); };
  const turn = async () => {
    const there = await fetch(box.dataset.turnTo, { credentials: 'same-origin' }).then((answer) => answer.ok, () => false);
    if (timer === undefined) return;
    if (there) { window.location.replace(box.dataset.turnTo); return; }
    if (offline) offline.hidden = false;
    wait();
  };
  wait();
  if (!pause) return;
  const [stop, go] = [pause.textContent, pause.dataset.turnPause];
  pause.hidden = false;
  pause.addEventListener('click', () => {
    if (timer === undefined) { wait(); pause.textContent = stop; return; }
    clearTimeout(timer);
    timer = undefined;
    pause.textContent = go;
  });
});
// The end of a session is told before it comes, on pages that were opened long before.
const session = document.querySelector('[data-left]');
if (session) {
  const tell = (left) => {
    const soon = left - Number(session.dataset.told);
    // Longer than a timer can count: the page will be loaded again before.
    if (soon > 0 && soon < 2_000_000) setTimeout(() => { session.hidden = false; }, soon * 1000);
  };
  tell(Number(session.dataset.left));
  session.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin' }).catch(() => null);
    if (!answer || answer.status >= 500) { form.submit(); return; }
    // Only a page of this session says when it ends: the door and a refusal do not.
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-left]');
    if (!fresh) {
      session.querySelector('p').textContent = session.dataset.over;
      form.remove();
      return;
    }
    session.querySelector('b').textContent = fresh.querySelector('b').textContent;
    session.hidden = fresh.hidden;
    tell(Number(fresh.dataset.left));
  });
}
