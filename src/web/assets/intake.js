// The form at the counter: search while typing, papers as rows, a draft that outlives the page, and
// sending that says when it did not arrive. The page works without it.
'use strict';

const form = document.querySelector('form.intake');
const $ = (id) => document.getElementById(id);

// --- a list under an input: arrows choose, Enter takes -------------------------------------------
function suggest(box, { id, question, search, take, eager }) {
  const input = box.querySelector('input');
  const list = document.createElement('ul');
  let wait, abort, at = -1;
  list.id = id;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', box.querySelector('label').firstChild.textContent.trim());
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', id], ['aria-autocomplete', 'list']]) input.setAttribute(name, value);
  const options = () => [...list.querySelectorAll('[role=option]')];
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    at = -1;
    input.removeAttribute('aria-activedescendant');
  };
  const move = (to) => {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    all[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', all[at].id);
  };
  const say = (text) => {
    if (!text) { show(false); return; }
    const item = document.createElement('li');
    item.className = 'hint';
    item.textContent = text;
    list.replaceChildren(item);
    show(true);
  };
  const pick = (option) => { show(false); take(option); };
  const ask = async () => {
    const q = input.value.trim();
    abort?.abort();
    if (!question(q)) { show(false); return; }
    abort = new AbortController();
    try {
      const answer = await search(q, abort.signal);
      // Who asked went on meanwhile.
      if (document.activeElement !== input) return;
      list.innerHTML = answer;
      if (!options().length) { say(box.dataset.none); return; }
      show(true);
      if (eager(q)) move(0);
    } catch (error) {
      if (error.name !== 'AbortError') say(error.message === '429' ? box.dataset.wait : box.dataset.offline);
    }
  };
  input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(ask, 120); });
  input.addEventListener('blur', () => setTimeout(() => show(false), 150));
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown') { event.preventDefault(); move(at + 1); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); move(at < 0 ? -1 : at - 1); }
    else if (event.key === 'Enter' && at >= 0 && !event.ctrlKey) { event.preventDefault(); pick(options()[at]); }
    else if (event.key === 'Escape') show(false);
  });
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) { event.preventDefault(); pick(option); }
  });
}

async function text(address, signal) {
  const answer = await fetch(address, { signal, credentials: 'same-origin' });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
}

// --- the procedure, its limit and its promise -------------------------------------------------------
const procedure = form.querySelector('.combo.procedure');
const out = $('promise');
const channel = () => form.querySelector('input[name=channel]:checked')?.value ?? '';
const found = (q, signal) => text(`${procedure.dataset.search}${encodeURIComponent(q)}&channel=${channel()}`, signal);

function tell(option) {
  const { code, name, limit, commitment, promise, byLaw } = option.dataset;
  const what = document.createElement('p');
  const dl = document.createElement('dl');
  const line = (label, value, strong) => {
    const row = document.createElement('div');
    const dt = document.createElement('dt');
    const dd = document.createElement('dd');
    dt.textContent = label;
    dd.textContent = value;
    if (strong) dd.className = 'big';
    row.append(dt, dd);
    dl.append(row);
  };
  what.className = 'what';
  what.textContent = `${code} · ${name}`;
  if (limit || !promise) line(out.dataset.limit, limit || out.dataset.nolimit);
  if (commitment) line(out.dataset.commitment, commitment);
  if (promise) line(out.dataset.promise, promise, true);
  if (byLaw) line(out.dataset.byLaw, byLaw);
  out.replaceChildren(what, dl);
}

{
  const input = procedure.querySelector('input');
  const names = input.getAttribute('list');
  // What a draft brought back is typed over.
  if (document.activeElement === input) input.select();
  input.removeAttribute('list');
  suggest(procedure, {
    id: 'found',
    question: (q) => q,
    search: async (q, signal) => {
      try { return await found(q, signal); } catch (error) {
        // Without a connection the list that came with the page still works.
        if (error.name !== 'AbortError') input.setAttribute('list', names);
        throw error;
      }
    },
    eager: () => true,
    take: (option) => {
      input.value = option.dataset.code;
      tell(option);
      papers.usual(option.dataset.code);
      changed();
      $('applicant_name').focus();
      $('applicant_name').select();
    },
  });
  // Limits may differ by the way of filing: the promise shown is told again.
  form.querySelectorAll('input[name=channel]').forEach((radio) => radio.addEventListener('change', async () => {
    const code = input.value.trim().split(' ')[0];
    if (!code) return;
    const options = document.createElement('ul');
    options.innerHTML = await found(code).catch(() => '');
    const option = [...options.children].find((one) => one.dataset.code === code);
    if (option) tell(option); else out.replaceChildren();
  }));
}

// --- somebody who was here before ----------------------------------------------------------------
{
  const box = form.querySelector('.combo.person');
  // A number that nobody known has is no name: it goes where it belongs.
  $('applicant_name').addEventListener('change', ({ target }) => {
    if (!/^[+\d][\d\s.-]{7,}$/.test(target.value.trim()) || $('applicant_phone').value) return;
    $('applicant_phone').value = target.value.trim();
    target.value = '';
    setTimeout(() => target.focus());
  });
  suggest(box, {
    id: 'people',
    question: (q) => q.length >= 3,
    search: (q, signal) => text(form.dataset.people + encodeURIComponent(q), signal),
    // Numbers mean somebody known: one key fills in. A name may be a new person's.
    eager: (q) => /\d/.test(q),
    take: (option) => {
      for (const field of ['name', 'phone', 'email', 'address']) $(`applicant_${field}`).value = option.dataset[field];
      changed();
      $('applicant_phone').focus();
    },
  });
}

// --- who fills it in: the authorised person only when there is one --------------------------------
{
  const shown = () => {
    const represented = form.querySelector('input[name=filed_by]:checked')?.value === 'representative';
    form.querySelector('.represented').hidden = !represented;
  };
  form.querySelectorAll('input[name=filed_by]').forEach((radio) => radio.addEventListener('change', shown));
  shown();
}

// --- papers as rows; the text stays what is sent ----------------------------------------------------
const papers = (() => {
  const box = form.querySelector('.papers');
  const area = $('papers');
  const [nameWord, copiesWord, formWord, removeWord] = box.dataset.names.split('|');
  const words = ['bản chính', 'bản sao', 'bản điện tử'];
  const labels = box.dataset.forms.split('|');
  const rows = document.createElement('div');
  const add = document.createElement('button');
  let remembered = '';

  const read = (line) => {
    const parts = line.split(';').map((part) => part.trim());
    const of = parts.length > 1 ? words.indexOf(parts.at(-1)) : -1;
    if (of >= 0) parts.pop();
    const copies = parts.length > 1 && /^\d{1,2}$/.test(parts.at(-1)) ? parts.pop() : '1';
    return { name: parts.join('; '), copies, form: Math.max(of, 0) };
  };
  const write = () => {
    area.value = [...rows.children].map((row) => {
      const [name, copies, kind] = row.querySelectorAll('input, select');
      return name.value.trim() ? `${name.value.trim()}; ${copies.value || '1'}; ${kind.value}` : '';
    }).filter(Boolean).join('\n');
    [...rows.children].forEach((row, i) => {
      row.setAttribute('aria-label', `${nameWord} ${i + 1}`);
      row.querySelector('button').setAttribute('aria-label', `${removeWord} ${i + 1}`);
    });
  };
  const append = (paper) => {
    const row = document.createElement('div');
    row.className = 'paper-row';
    row.setAttribute('role', 'group');
    const name = Object.assign(document.createElement('input'), { value: paper.name, autocomplete: 'off', maxLength: 200 });
    name.setAttribute('aria-label', nameWord);
    name.setAttribute('aria-describedby', area.getAttribute('aria-describedby'));
    if (area.getAttribute('aria-invalid')) name.setAttribute('aria-invalid', 'true');
    const copies = Object.assign(document.createElement('input'), { type: 'number', min: 1, max: 99, value: paper.copies });
    copies.setAttribute('aria-label', copiesWord);
    const kind = document.createElement('select');
    kind.setAttribute('aria-label', formWord);
    words.forEach((word, i) => kind.append(new Option(labels[i], word, false, i === paper.form)));
    const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', className: 'small' });
    row.append(name, copies, kind, remove);
    rows.append(row);
    row.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey || event.target === remove) return;
      event.preventDefault();
      const next = row.nextElementSibling ?? (name.value.trim() ? append({ name: '', copies: '1', form: 0 }) : null);
      const input = next?.querySelector('input');
      input?.focus();
      input?.select();
    });
    remove.addEventListener('click', () => {
      const near = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (near?.querySelector('input') ?? add).focus();
      write();
      changed();
    });
    return row;
  };
  const fill = (lines) => {
    rows.replaceChildren();
    lines.split('\n').filter((line) => line.trim()).forEach((line) => append(read(line)));
    if (!rows.children.length) append({ name: '', copies: '1', form: 0 });
    write();
  };

  add.type = 'button';
  add.className = 'small';
  add.textContent = box.dataset.add;
  add.addEventListener('click', () => append({ name: '', copies: '1', form: 0 }).querySelector('input').focus());
  rows.addEventListener('input', write);
  box.querySelector('label').hidden = true;
  area.hidden = true;
  area.before(rows, add);
  fill(area.value);
  // The summary of errors leads to the field by its name.
  area.removeAttribute('id');
  rows.querySelector('input').id = 'papers';

  return {
    /** The papers of the last dossier of the procedure, unless somebody wrote a list already. */
    usual: async (code) => {
      if (area.value && area.value !== remembered) return;
      const lines = await text(form.dataset.papers + encodeURIComponent(code)).catch(() => '');
      if (area.value && area.value !== remembered) return;
      remembered = lines;
      fill(lines);
      remembered = area.value;
    },
  };
})();

// --- the draft: kept by the server for the account, nothing of it on this machine ----------------------
const state = $('draft-state');
let sending = false;
let saved = '';
let timer;
const content = () => new URLSearchParams(new FormData(form)).toString();

async function keep() {
  const now = content();
  if (sending || now === saved) return;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: 'POST', body: new URLSearchParams(now), credentials: 'same-origin', keepalive: true,
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    saved = now;
    state.textContent = `${state.dataset.kept} ${new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' })}`;
  } catch { if (!sending) state.textContent = state.dataset.lost; }
}
function changed() { clearTimeout(timer); timer = setTimeout(keep, 700); }
saved = content();
form.addEventListener('input', changed);
form.addEventListener('change', changed);
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { clearTimeout(timer); keep(); } });

// --- sending: what did not arrive is said, everything stays, the key makes it exist once ------------------
const trouble = $('send-trouble');
let native = false;
delete form.dataset.once;

function fail(why) {
  sending = false;
  trouble.querySelector('p').textContent = trouble.dataset[why];
  trouble.querySelector('a').hidden = why !== 'session';
  trouble.hidden = false;
  trouble.focus();
  form.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'));
  changed();
}

form.addEventListener('submit', async (event) => {
  if (native) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  const button = event.submitter ?? form.querySelector('button.main');
  button.setAttribute('aria-busy', 'true');
  trouble.hidden = true;
  try {
    const answer = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(new FormData(form, button)), credentials: 'same-origin',
      headers: { accept: 'application/json' }, signal: AbortSignal.timeout(20_000),
    });
    // Nobody is signed in, or somebody else: what one person typed is never sent as another.
    if (answer.redirected || answer.status === 403) { fail('session'); return; }
    if (answer.status === 201) { location.assign(answer.headers.get('location')); return; }
    if (answer.status >= 500) { fail('server'); return; }
    // What is wrong stands at its field on the page that the server makes.
    native = true;
    form.requestSubmit(button);
  } catch { fail('network'); }
});
// Back from the receipt: the form may be sent again.
window.addEventListener('pageshow', () => { sending = false; native = false; });
