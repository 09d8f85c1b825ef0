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
  const soon = Number(session.dataset.left) - Number(session.dataset.told);
  // Longer than a timer can count: the page will be loaded again before.
  if (soon > 0 && soon < 2_000_000) setTimeout(() => { session.hidden = false; }, soon * 1000);
  session.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin', redirect: 'manual' }).catch(() => null);
    if (answer && (answer.ok || answer.type === 'opaqueredirect')) session.hidden = true;
    else form.submit();
  });
}

// Procedure search: the native list is replaced by one that searches names without diacritics.
document.querySelectorAll('.combo').forEach((box) => {
  const input = box.querySelector('input');
  const out = document.getElementById('promise');
  const list = document.createElement('ul');
  let wait, abort, at = -1;
  list.id = 'found';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', box.querySelector('label').firstChild.textContent.trim());
  list.hidden = true;
  input.removeAttribute('list');
  input.after(list);
  for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', 'found'], ['aria-autocomplete', 'list']]) input.setAttribute(name, value);

  const options = () => [...list.querySelectorAll('[role=option]')];
  const show = (open) => { list.hidden = !open; input.setAttribute('aria-expanded', String(open)); if (!open) { at = -1; input.removeAttribute('aria-activedescendant'); } };
  const move = (to) => {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    all[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', all[at].id);
  };
  const line = (dl, name, value, strong) => {
    const row = document.createElement('div');
    const dt = document.createElement('dt');
    const dd = document.createElement('dd');
    dt.textContent = name; dd.textContent = value;
    if (strong) dd.className = 'big';
    row.append(dt, dd); dl.append(row);
  };
  const tell = (option) => {
    const { code, name, limit, commitment, promise, byLaw } = option.dataset;
    const what = document.createElement('p');
    const dl = document.createElement('dl');
    what.className = 'what';
    what.textContent = `${code} · ${name}`;
    if (limit || !promise) line(dl, out.dataset.limit, limit || out.dataset.nolimit);
    if (commitment) line(dl, out.dataset.commitment, commitment);
    if (promise) line(dl, out.dataset.promise, promise, true);
    if (byLaw) line(dl, out.dataset.byLaw, byLaw);
    out.replaceChildren(what, dl);
  };
  const take = (option) => {
    input.value = option.dataset.code;
    tell(option);
    show(false);
    document.getElementById('applicant_name').focus();
  };
  const channel = () => document.querySelector('input[name=channel]:checked')?.value ?? '';
  const found = async (q, signal) => {
    const answer = await fetch(`${box.dataset.search}${encodeURIComponent(q)}&channel=${channel()}`, { signal, credentials: 'same-origin' });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  };
  // Limits may differ by the way of filing: the promise shown is told again.
  document.querySelectorAll('input[name=channel]').forEach((radio) => radio.addEventListener('change', async () => {
    const code = input.value.trim().split(' ')[0];
    if (!code) return;
    const options = document.createElement('ul');
    options.innerHTML = await found(code).catch(() => '');
    const option = [...options.children].find((one) => one.dataset.code === code);
    if (option) tell(option); else out.replaceChildren();
  }));
  const say = (text) => { const p = document.createElement('li'); p.className = 'hint'; p.textContent = text; list.replaceChildren(p); show(true); };
  const search = async () => {
    const q = input.value.trim();
    if (!q) { show(false); return; }
    abort?.abort();
    abort = new AbortController();
    try {
      list.innerHTML = await found(q, abort.signal);
      if (options().length) { show(true); move(0); } else say(box.dataset.none);
    } catch (error) {
      if (error.name !== 'AbortError') { input.setAttribute('list', 'procedures'); say(box.dataset.offline); }
    }
  };
  input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(search, 120); });
  input.addEventListener('blur', () => setTimeout(() => show(false), 150));
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown') { event.preventDefault(); move(at + 1); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); move(at - 1); }
    else if (event.key === 'Enter' && at >= 0 && !event.ctrlKey) { event.preventDefault(); take(options()[at]); }
    else if (event.key === 'Escape') show(false);
  });
  list.addEventListener('mousedown', (event) => { const option = event.target.closest('[role=option]'); if (option) { event.preventDefault(); take(option); } });
});
