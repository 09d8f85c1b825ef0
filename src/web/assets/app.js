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
