// As content systems do on every page: a helper with a short global name that changes the page when it is ready.
window.$ = (find) => ({ each: (act) => document.querySelectorAll(find).forEach(act) });
document.addEventListener("DOMContentLoaded", () => {
  $(".TRS_Editor p").each((node) => { node.classList.add("shown"); });
});
