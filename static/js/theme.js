// Blocking and tiny: sets the theme before the first paint, and says that scripts run.
(function (root) {
  root.dataset.script = "";
  try {
    if (localStorage.theme) root.dataset.theme = localStorage.theme;
  } catch (refused) { /* storage is turned off: follow the system */ }
})(document.documentElement);
