// Blocking and tiny: sets the theme and the density before the first paint, and says that scripts run.
(function (root) {
  root.dataset.script = "";
  try {
    if (localStorage.theme) root.dataset.theme = localStorage.theme;
    if (localStorage.density) root.dataset.density = localStorage.density;
  } catch (refused) { /* storage is turned off: follow the system */ }
})(document.documentElement);
