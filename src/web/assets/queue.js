// The list of dossiers by keyboard, and ticking many; the form works without this.
'use strict';

(() => {
  const body = document.querySelector('table.queue tbody');
  if (!body) return;
  const rows = [...body.rows];
  const tick = (row) => row.querySelector('.pick input');
  const ticks = rows.map(tick).filter(Boolean);
  const here = () => rows.indexOf(document.activeElement?.closest('table.queue tbody tr'));
  let told = () => {};
  const go = (to) => rows[Math.max(0, Math.min(rows.length - 1, to))]?.querySelector('.code a').focus();

  // Letters work only while a row has the focus: never in a field, never for who dictates.
  body.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'j' || key === 'ArrowDown') { event.preventDefault(); go(here() + 1); }
    else if (key === 'k' || key === 'ArrowUp') { event.preventDefault(); go(here() - 1); }
    else if (key === 'x' && here() >= 0) {
      const box = tick(rows[here()]);
      if (!box) return;
      event.preventDefault();
      box.checked = !box.checked;
      told();
    }
  });
  body.addEventListener('focus', () => go(0));

  const form = document.getElementById('bulk');
  if (!form) return;
  const all = document.getElementById('tick-all');
  const out = form.querySelector('output');
  told = () => {
    const count = ticks.filter((box) => box.checked).length;
    out.textContent = count ? `${count} ${out.dataset.word}` : '';
    all.checked = count > 0 && count === ticks.length;
    all.indeterminate = count > 0 && count < ticks.length;
    ticks.forEach((box) => box.closest('tr').classList.toggle('ticked', box.checked));
  };
  all.closest('label').hidden = false;
  all.addEventListener('change', () => { ticks.forEach((box) => { box.checked = all.checked; }); told(); });
  body.addEventListener('change', told);
  told();
})();
