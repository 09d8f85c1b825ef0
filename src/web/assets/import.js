// The import wizard: a file that is too large is named before it is sent; progress without a reload.
'use strict';

const upload = document.getElementById('upload');
if (upload) {
  const input = upload.querySelector('input[type=file]');
  const state = document.getElementById('upload-state');
  const check = () => {
    const large = (input.files[0]?.size ?? 0) > Number(upload.dataset.max);
    input.setCustomValidity(large ? upload.dataset.large : '');
    input.toggleAttribute('aria-invalid', large);
    state.textContent = large ? upload.dataset.large : '';
    return !large;
  };
  input.addEventListener('change', check);
  upload.addEventListener('submit', (event) => {
    if (check()) state.textContent = state.dataset.busy; else { event.preventDefault(); input.focus(); }
  });
}

const progress = document.getElementById('progress');
if (progress) {
  const bar = progress.querySelector('progress');
  const said = progress.querySelector('[role=status]');
  const rows = said.querySelector('.rows');
  const hint = progress.querySelector('.hint');
  const usual = hint.textContent;
  let first;
  const look = async () => {
    try {
      const answer = await fetch(progress.dataset.state, { credentials: 'same-origin', signal: AbortSignal.timeout(10_000) });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const now = await answer.json();
      first ??= now.state;
      if (!now.works || now.state !== first) { location.reload(); return; }
      rows.textContent = now.rows.toLocaleString(document.documentElement.lang);
      if (now.percent === null) bar.removeAttribute('value'); else bar.value = now.percent;
      hint.textContent = usual;
    } catch { hint.textContent = progress.dataset.lost; }
    setTimeout(look, 1_000);
  };
  setTimeout(look, 400);
}
