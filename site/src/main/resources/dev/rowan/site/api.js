// the colors that were chosen on the site
try { document.documentElement.dataset.theme = localStorage.getItem('theme') || ''; } catch { /* no storage: the system's */ }
