/* Runs before the first paint: applies the side, light or dark, that the reader chose on this machine. */
(() => {
  try {
    const chosen = localStorage.getItem("cd-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.bsTheme = chosen;
  } catch {
    /* Storage is closed to us: the system's setting decides. */
  }
})();
