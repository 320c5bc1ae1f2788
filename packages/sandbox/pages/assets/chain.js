// Checks the chain again and again, and shows what changed.
const PAUSE_MS = 2_000;
const links = document.getElementById('links');
const summary = document.getElementById('summary');
const pause = document.getElementById('pause');
let isPaused = false;
let shown;

pause.hidden = false;
pause.addEventListener('click', () => {
  isPaused = !isPaused;
  pause.textContent = isPaused ? 'Continue' : 'Pause';
});

async function refresh() {
  if (!isPaused && !document.hidden) {
    const html = await fetch(`/chain/links${location.search}`).then(
      (response) => response.text(),
      () => 'The sandbox has ended.',
    );
    if (html !== shown) {
      shown = html;
      links.innerHTML = html;
      // Read by screen readers, unlike the links.
      summary.textContent = links.querySelector('.counts')?.textContent ?? '';
    }
  }
  setTimeout(refresh, PAUSE_MS);
}

setTimeout(refresh, PAUSE_MS);
