// The search of the page head while one types, and the sheet of shortcuts; both are plain pages without this.
'use strict';

(() => {
  const form = document.querySelector('form.find');
  if (!form) return;
  const input = form.querySelector('input[type=search]');
  const list = document.createElement('ul');
  const said = document.createElement('p');
  let wait, abort, at = -1;
  list.id = 'hits';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', form.querySelector('label').textContent);
  list.hidden = true;
  said.className = 'hide';
  said.setAttribute('aria-live', 'polite');
  form.append(list, said);
  for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', 'hits'], ['aria-autocomplete', 'list']]) input.setAttribute(name, value);

  const options = () => [...list.querySelectorAll('[role=option]')];
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    at = -1;
    input.removeAttribute('aria-activedescendant');
    options().forEach((option) => option.setAttribute('aria-selected', 'false'));
  };
  const move = (to) => {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    all[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', all[at].id);
  };
  const say = (text) => { said.textContent = text; };
  const search = async () => {
    const q = input.value.trim();
    abort?.abort();
    if (q.length < 2) { list.replaceChildren(); show(false); say(''); return; }
    abort = new AbortController();
    try {
      const answer = await fetch(form.dataset.hits + encodeURIComponent(q), { signal: abort.signal, credentials: 'same-origin', redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      list.innerHTML = await answer.text();
      const count = options().length;
      show(count > 0);
      say(count ? `${count} ${form.dataset.found}` : form.dataset.none);
    } catch (error) {
      if (error.name === 'AbortError') return;
      list.replaceChildren();
      show(false);
      say(form.dataset.offline);
    }
  };
  input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(search, 120); });
  input.addEventListener('focus', () => { if (options().length) show(true); });
  input.addEventListener('blur', () => setTimeout(() => show(false), 150));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); show(false); return; }
    if (list.hidden) { if (event.key === 'ArrowDown' && options().length) { event.preventDefault(); show(true); move(0); } return; }
    if (event.key === 'ArrowDown') { event.preventDefault(); move(at + 1); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); move(at < 0 ? -1 : at - 1); }
    else if (event.key === 'Enter' && at >= 0) { event.preventDefault(); location.assign(options()[at].dataset.href); }
  });
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) { event.preventDefault(); location.assign(option.dataset.href); }
  });
})();

// The sheet: the key can be switched off, since speech input may type it (WCAG 2.1.4).
(() => {
  const link = document.querySelector('a.keyhelp');
  if (!link) return;
  const kept = 'dunghen-question-key';
  const isOn = () => { try { return localStorage.getItem(kept) !== 'off'; } catch { return true; } };
  const wire = (sheet) => {
    const box = sheet.querySelector('[data-question-key]');
    if (!box) return;
    box.checked = isOn();
    box.closest('label').hidden = false;
    box.addEventListener('change', () => { try { localStorage.setItem(kept, box.checked ? 'on' : 'off'); } catch { /* not kept */ } });
  };
  wire(document);
  let dialog;
  const open = async () => {
    if (document.getElementById('keys') && !dialog) return;
    if (!dialog) {
      const answer = await fetch(link.href, { credentials: 'same-origin', redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const sheet = page.getElementById('keys');
      const close = document.createElement('button');
      dialog = document.createElement('dialog');
      dialog.className = 'keysheet';
      dialog.setAttribute('aria-labelledby', 'h-keys');
      close.textContent = sheet.dataset.close;
      close.addEventListener('click', () => dialog.close());
      dialog.append(page.getElementById('h-keys'), sheet, close);
      document.body.append(dialog);
      wire(dialog);
    }
    if (!dialog.open) dialog.showModal();
  };
  const orGo = () => open().catch(() => location.assign(link.href));
  link.addEventListener('click', (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); orGo(); } });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
    if (event.target.closest('input, select, textarea, [contenteditable]')) return;
    event.preventDefault();
    orGo();
  });
})();
